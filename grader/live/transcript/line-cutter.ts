/** A line that came, or a part of one. */
export interface CutLine {
  /** Without its end, and without what was shown of it before. */
  readonly bytes: Buffer;
  /** How many of its bytes are left out behind these, since it is too long. */
  readonly omitted: number;
  readonly end: '\r\n' | '\n' | '';
}

/** Of one line, in bytes: what is longer is not read by anybody. */
const LONGEST = 1000;
const [LF, CR] = [0x0a, 0x0d];

/** Cuts a stream of bytes into lines. */
export class LineCutter {
  readonly #take: (line: CutLine) => void;
  #held = Buffer.alloc(0);
  #omitted = 0;
  #lastOmitted = 0;

  constructor(take: (line: CutLine) => void) {
    this.#take = take;
  }

  write(bytes: Buffer): void {
    let from = 0;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, from)) {
      this.#hold(bytes.subarray(from, at));
      this.#give('\n');
      from = at + 1;
    }
    this.#hold(bytes.subarray(from));
  }

  /** Gives what has come of a line whose end has not. */
  flush(): void {
    if (this.#held.byteLength > 0) this.#give('');
  }

  #hold(bytes: Buffer): void {
    const room = LONGEST - this.#held.byteLength;
    const kept = bytes.subarray(0, Math.max(0, room));
    this.#held = Buffer.concat([this.#held, kept]);
    this.#omitted += bytes.byteLength - kept.byteLength;
    if (bytes.byteLength > kept.byteLength) this.#lastOmitted = bytes.at(-1) ?? 0;
  }

  #give(end: '\n' | ''): void {
    const isCut = this.#omitted > 0;
    const last = isCut ? this.#lastOmitted : this.#held.at(-1);
    const isWhole = end === '\n' && last === CR;
    const bytes = isWhole && !isCut ? this.#held.subarray(0, -1) : this.#held;
    const omitted = isWhole && isCut ? this.#omitted - 1 : this.#omitted;
    [this.#held, this.#omitted] = [Buffer.alloc(0), 0];
    this.#take({ bytes, omitted, end: isWhole ? '\r\n' : end });
  }
}
