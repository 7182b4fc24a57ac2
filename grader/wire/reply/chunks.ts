import { parseChunkLine } from './chunk-line.ts';
import type { ReplyFault } from './fault.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { contentOfReset } from './head-faults.ts';
import { parseHeaderLine } from './header-line.ts';
import { LineEnds } from './line-ends.ts';

/** How far a chunked body has come (RFC 9112, section 7.1). */
export type ChunkState =
  | { readonly state: 'incomplete' }
  | { readonly state: 'invalid'; readonly fault: ReplyFault }
  | { readonly state: 'whole'; readonly end: number };

const LONGEST_LINE = 4096;
const INCOMPLETE: ChunkState = { state: 'incomplete' };

/** Follows a chunked body as it arrives; every byte is looked at once. */
export class ChunkReader {
  readonly #body = new GrowingBytes(4096);
  readonly #lineEnds = new LineEnds();
  #at: number;
  #left = 0;
  #phase: 'size' | 'data' | 'data-end' | 'trailer' = 'size';

  readonly #mustBeEmpty: boolean;

  /**
   * @param start the offset of the body in the reply, in bytes
   * @param mustBeEmpty true where no chunk but the last may come
   */
  constructor(start: number, mustBeEmpty: boolean) {
    this.#at = start;
    this.#mustBeEmpty = mustBeEmpty;
  }

  /** The chunks' data so far, joined. It must not be changed, and the next read may move it. */
  get body(): Buffer {
    return this.#body.bytes;
  }

  /** Goes on from where it stopped. @param bytes the whole reply so far */
  read(bytes: Buffer): ChunkState {
    for (;;) {
      const step = this.#step(bytes);
      if (step !== 'again') return step;
    }
  }

  #step(bytes: Buffer): ChunkState | 'again' {
    switch (this.#phase) {
      case 'data':
        return this.#readData(bytes);
      case 'data-end':
        return this.#readDataEnd(bytes);
      case 'size':
      case 'trailer':
        return this.#readLine(bytes);
    }
  }

  #readData(bytes: Buffer): ChunkState | 'again' {
    const part = bytes.subarray(this.#at, this.#at + this.#left);
    this.#body.append(part);
    this.#at += part.byteLength;
    this.#left -= part.byteLength;
    if (this.#left > 0) return INCOMPLETE;
    this.#phase = 'data-end';
    return 'again';
  }

  #readDataEnd(bytes: Buffer): ChunkState | 'again' {
    const caption = 'CR LF was expected after the data of a chunk';
    const [first, second] = [bytes[this.#at], bytes[this.#at + 1]];
    if (first !== undefined && first !== 0x0d) return invalid(this.#at, caption);
    if (second === undefined) return INCOMPLETE;
    if (second !== 0x0a) return invalid(this.#at + 1, caption);
    this.#at += 2;
    this.#phase = 'size';
    return 'again';
  }

  #readLine(bytes: Buffer): ChunkState | 'again' {
    const start = this.#at;
    const { offset: end, ended } = this.#lineEnds.find(bytes, start);
    if (end - start > LONGEST_LINE) return invalid(start, 'a line that does not end');
    if (!ended) return INCOMPLETE;
    const line = bytes.toString('latin1', start, end);
    // A fault within the line comes before the fault of its end.
    const fault = this.#phase === 'size' ? this.#takeSize(line) : this.#takeTrailer(line);
    if (fault) return fault;
    if (bytes[end] === 0x0a) return invalid(end, 'LF alone; CR LF was expected');
    if (bytes[end + 1] !== 0x0a) return invalid(end, 'CR alone; CR LF was expected');
    this.#at = end + 2;
    return line === '' ? { state: 'whole', end: this.#at } : 'again';
  }

  #takeSize(line: string): ChunkState | undefined {
    if (this.#mustBeEmpty && /^0*[1-9A-Fa-f]/.test(line)) {
      return { state: 'invalid', fault: contentOfReset(this.#at) };
    }
    const parsed = parseChunkLine(line);
    if ('caption' in parsed) return invalid(this.#at + parsed.offset, parsed.caption);
    this.#left = parsed.size;
    this.#phase = parsed.size === 0 ? 'trailer' : 'data';
    return undefined;
  }

  #takeTrailer(line: string): ChunkState | undefined {
    if (line === '') return undefined;
    const parsed = parseHeaderLine(line, this.#at);
    if ('code' in parsed) return invalid(parsed.offset, parsed.caption);
    if (!NEVER_BEHIND.has(parsed.name.toLowerCase())) return undefined;
    return invalid(this.#at, `${parsed.name} may stand before the body only`);
  }
}

/** What a reader must know before the body cannot come behind it (RFC 9110, section 6.5.1). */
const NEVER_BEHIND = new Set([
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'trailer',
  'transfer-encoding',
]);

function invalid(offset: number, caption: string): ChunkState {
  const summary = 'Your chunked body is not well formed.';
  return { state: 'invalid', fault: { code: 'bad-chunk', offset, length: 1, summary, caption } };
}
