import type { Readable } from 'node:stream';

const KEPT = 64 * 1024;
const FREE = 1024 * 1024;
const THROTTLE_MS = 5;
/** How often a wait is repeated while there is output. */
const MOST_WAITS = 5;

/**
 * What a program prints, of which the first and the last 64 KiB are kept. Printing is no fault, so
 * all of it is read; past 1 MiB slowly while nobody watches, so that a flood cannot drown the other
 * stages.
 */
export class CapturedOutput {
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #size = 0;
  readonly #watchers = new Set<(piece: Buffer) => void>();
  #follower: (piece: Buffer) => void = () => undefined;
  #begin: () => void = () => undefined;
  /** Settles with the first that is printed. */
  readonly begun = new Promise<void>((resolve) => (this.#begin = resolve));

  constructor(stream: Readable) {
    stream.on('data', (piece: Buffer) => {
      this.#keep(piece);
      if (this.#size > FREE && this.#watchers.size === 0) {
        stream.pause();
        setTimeout(() => stream.resume(), THROTTLE_MS).unref();
      }
    });
    stream.on('error', () => undefined);
  }

  /** How many bytes were printed, all told. */
  get size(): number {
    return this.#size;
  }

  /** What was printed, as UTF-8; a gap is shown as a line of its own. */
  text(): string {
    const gap = this.#size - this.#head.byteLength - this.#tail.byteLength;
    const between = gap > 0 ? `\n... ${String(gap)} bytes ...\n` : '';
    return `${this.#head.toString()}${between}${this.#tail.toString()}`;
  }

  /** What was printed after the first `from` bytes, as far as it is kept. */
  textSince(from: number): string {
    if (this.#tail.byteLength === 0) return this.#head.subarray(from).toString();
    const since = this.#size - from;
    return this.#tail.subarray(Math.max(0, this.#tail.byteLength - since)).toString();
  }

  /**
   * Watches for a text from now on, however much else is printed.
   *
   * @returns a function that tells whether it was printed: it waits so many milliseconds, and five
   *   times as long at most while more is being printed
   */
  watch(text: string): (withinMs: number) => Promise<boolean> {
    let carried = '';
    let found = false;
    let pieces = 0;
    let wake = (): void => undefined;
    const look = (piece: Buffer): void => {
      const seen = carried + piece.toString();
      found ||= seen.includes(text);
      pieces += 1;
      carried = seen.slice(-text.length);
      if (found) wake();
    };
    this.#watchers.add(look);
    return async (withinMs) => {
      for (let [waits, before] = [0, -1]; waits < MOST_WAITS && before < pieces; waits += 1) {
        before = pieces;
        if (!found) await waitFor((resolve) => (wake = resolve), withinMs);
      }
      this.#watchers.delete(look);
      return found;
    };
  }

  /** Hands on all that is printed from now on, to one who follows. A flood is slowed all the same. */
  follow(take: (piece: Buffer) => void): void {
    this.#follower = take;
  }

  #keep(piece: Buffer): void {
    this.#size += piece.byteLength;
    const room = KEPT - this.#head.byteLength;
    if (room > 0) this.#head = Buffer.concat([this.#head, piece.subarray(0, room)]);
    const rest = piece.subarray(Math.max(0, room));
    if (rest.byteLength > 0) this.#tail = Buffer.concat([this.#tail, rest]).subarray(-KEPT);
    for (const look of this.#watchers) look(piece);
    this.#follower(piece);
    this.#begin();
  }
}

async function waitFor(begin: (resolve: () => void) => void, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
    begin(resolve);
  });
  clearTimeout(timer);
}
