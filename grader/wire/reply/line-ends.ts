/** How far a line is known: up to the CR or LF that ends it, or up to where it has not ended yet. */
export interface LineReach {
  readonly offset: number;
  /** False where the next byte has not come, or is a CR whose next byte has not come. */
  readonly ended: boolean;
}

/** Finds the ends of lines in bytes that grow, and looks at each byte once. */
export class LineEnds {
  #scanned = 0;

  /** @param at where the line begins; @param bytes all that came so far, from the same start */
  find(bytes: Buffer, at: number): LineReach {
    let offset = Math.max(at, this.#scanned);
    while (offset < bytes.byteLength && bytes[offset] !== 0x0a && bytes[offset] !== 0x0d) {
      offset += 1;
    }
    this.#scanned = offset;
    const isCr = bytes[offset] === 0x0d;
    return { offset, ended: offset + (isCr ? 1 : 0) < bytes.byteLength };
  }
}
