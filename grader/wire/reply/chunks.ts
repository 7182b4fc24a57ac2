import type { ReplyFault } from './fault.ts';

/** How far a chunked body has come (RFC 9112, section 7.1). */
export type ChunkState =
  | { readonly state: 'incomplete' }
  | { readonly state: 'invalid'; readonly fault: ReplyFault }
  | { readonly state: 'whole'; readonly end: number };

const LONGEST_LINE = 4096;
const CHUNK_SIZE = /^[0-9A-Fa-f]{1,8}(?=$|[ \t]*;)/;

/** Follows a chunked body as it arrives; every byte is looked at once. */
export class ChunkReader {
  readonly #parts: Buffer[] = [];
  #at: number;
  #scanned = 0;
  #left = 0;
  #phase: 'size' | 'data' | 'data-end' | 'trailer' = 'size';

  /** @param start the offset of the body in the reply, in bytes */
  constructor(start: number) {
    this.#at = start;
  }

  /** The chunks' data so far, joined. */
  get body(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** Goes on from where it stopped. @param bytes the whole reply so far */
  read(bytes: Buffer): ChunkState {
    for (;;) {
      const step = this.#phase === 'data' ? this.#readData(bytes) : this.#readLine(bytes);
      if (step !== 'again') return step;
    }
  }

  #readData(bytes: Buffer): ChunkState | 'again' {
    const part = bytes.subarray(this.#at, this.#at + this.#left);
    // A copy: the reply's own buffer grows, and may be replaced, while the chunk is still coming.
    if (part.byteLength > 0) this.#parts.push(Buffer.from(part));
    this.#at += part.byteLength;
    this.#left -= part.byteLength;
    if (this.#left > 0) return { state: 'incomplete' };
    this.#phase = 'data-end';
    return 'again';
  }

  #readLine(bytes: Buffer): ChunkState | 'again' {
    const end = bytes.indexOf(0x0a, Math.max(this.#at, this.#scanned));
    this.#scanned = bytes.byteLength;
    const known = end === -1 ? bytes.byteLength : end + 1;
    if (known - this.#at > LONGEST_LINE) return invalid(this.#at, 'a line that does not end');
    if (end === -1) return { state: 'incomplete' };
    const start = this.#at;
    this.#at = end + 1;
    this.#scanned = this.#at;
    const lfAlone = end === start || bytes[end - 1] !== 0x0d;
    const line = bytes.toString('latin1', start, lfAlone ? end : end - 1);
    // A fault within the line comes before the fault of its end.
    if (this.#phase === 'size' && !CHUNK_SIZE.test(line)) {
      return invalid(start, 'the size of a chunk, in hexadecimal, was expected');
    }
    if (lfAlone) return invalid(end, 'LF alone; CR LF was expected');
    return this.#takeLine(line, start);
  }

  #takeLine(line: string, start: number): ChunkState | 'again' {
    if (this.#phase === 'data-end') {
      if (line !== '') return invalid(start, 'CR LF was expected after the data of a chunk');
      this.#phase = 'size';
      return 'again';
    }
    if (this.#phase === 'trailer') {
      return line === '' ? { state: 'whole', end: this.#at } : 'again';
    }
    // Stops at what is no hexadecimal digit, as an extension is not.
    this.#left = Number.parseInt(line, 16);
    this.#phase = this.#left === 0 ? 'trailer' : 'data';
    return 'again';
  }
}

function invalid(offset: number, caption: string): ChunkState {
  const summary = 'Your chunked body is not well formed.';
  return { state: 'invalid', fault: { code: 'bad-chunk', offset, length: 1, summary, caption } };
}
