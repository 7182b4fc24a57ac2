/** What a reader can take in, and more, in bytes a second. */
const A_SECOND = 32 * 1024;

/** Takes some bytes, and how many were left out before them. */
type Take = (bytes: Buffer, dropped: number) => void;

/** Passes on what a program prints, but of a flood only as much as can be read. */
export function limitPrinting(take: Take): (piece: Buffer) => void {
  let left = A_SECOND;
  let dropped = 0;
  let refill: NodeJS.Timeout | undefined;
  return (piece) => {
    const taken = piece.subarray(0, left);
    left -= taken.byteLength;
    if (taken.byteLength > 0) take(taken, 0);
    dropped += piece.byteLength - taken.byteLength;
    refill ??= setTimeout(() => {
      if (dropped > 0) take(Buffer.alloc(0), dropped);
      [left, dropped, refill] = [A_SECOND, 0, undefined];
    }, 1000).unref();
  };
}
