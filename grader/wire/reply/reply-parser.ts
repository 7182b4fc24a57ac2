import { ChunkReader } from './chunks.ts';
import type { ReplyFault, ReplyPart } from './fault.ts';
import { blankBefore, crOnly, lfOnly, noStatusLine, tooLong } from './head-faults.ts';
import { chooseFraming, type Framing } from './framing.ts';
import { parseHeaderLine, type HeaderLine } from './header-line.ts';
import { parseStatusLine, type StatusLine } from './status-line.ts';

/** How far a reply has come: not yet whole, never valid, or whole. */
export type ReplyOutcome =
  | { readonly state: 'incomplete'; readonly part: ReplyPart }
  | { readonly state: 'invalid'; readonly part: ReplyPart; readonly fault: ReplyFault }
  /** `end` is the offset behind the last byte of the reply; what follows is not part of it. */
  | { readonly state: 'whole'; readonly end: number };

/** What a strict reader knows of a reply so far (RFC 9112). */
export interface ParsedReply {
  readonly outcome: ReplyOutcome;
  /** Known once its line has come and is valid. */
  readonly statusLine?: StatusLine;
  /** The valid header lines before the first fault. */
  readonly headers: readonly HeaderLine[];
  /** The rest is known once the blank line has come. */
  readonly framing?: Framing;
  /** Offset of the first byte behind the blank line. */
  readonly bodyStart?: number;
  /** The body so far, chunks joined. */
  readonly body?: Buffer;
}

const LONGEST_LINE = 64 * 1024;
const LARGE = 32 * 1024 * 1024;

/** Parses all of a reply at once. @param ended true when the connection has ended behind it */
export function parseReply(bytes: Uint8Array, ended: boolean): ParsedReply {
  const parser = new ReplyParser();
  parser.push(bytes);
  if (ended) parser.end();
  return parser.parsed();
}

/**
 * Parses a reply as it arrives, in time linear in its length, however it is cut up. It stops at the
 * first byte that no valid reply could have there. Interim replies (1xx) are read over.
 */
export class ReplyParser {
  #bytes = Buffer.alloc(4096);
  #size = 0;
  #at = 0;
  #scanned = 0;
  #phase: ReplyPart = 'status-line';
  #statusLine: StatusLine | undefined;
  #headers: HeaderLine[] = [];
  #framing: Framing | undefined;
  #bodyStart: number | undefined;
  #chunks: ChunkReader | undefined;
  #final: ReplyOutcome | undefined;

  /** True once the reply has come whole, by its own declaration of its length. */
  get whole(): boolean {
    return this.#final?.state === 'whole';
  }

  /** All that was pushed so far. It must not be changed, and the next push may move it. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  push(chunk: Uint8Array): void {
    this.#append(chunk);
    while (this.#final === undefined && this.#phase !== 'body') {
      if (!this.#readLine()) return;
    }
    if (this.#final === undefined) this.#readBody();
  }

  /** Says that the connection has ended: a body without a declared length is whole by that. */
  end(): void {
    if (this.#final === undefined && this.#framing?.kind === 'close') {
      this.#final = { state: 'whole', end: this.#size };
    }
  }

  parsed(): ParsedReply {
    return {
      outcome: this.#final ?? { state: 'incomplete', part: this.#phase },
      headers: this.#headers,
      ...(this.#statusLine && { statusLine: this.#statusLine }),
      ...(this.#framing && { framing: this.#framing }),
      ...(this.#bodyStart !== undefined && {
        bodyStart: this.#bodyStart,
        body: this.#body(this.#bodyStart),
      }),
    };
  }

  #body(start: number): Buffer {
    if (this.#chunks) return this.#chunks.body;
    const end = this.#final?.state === 'whole' ? this.#final.end : this.#size;
    return this.#bytes.subarray(start, end);
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#size + chunk.byteLength;
    if (needed > this.#bytes.byteLength) this.#grow(Math.max(needed, 2 * this.#bytes.byteLength));
    this.#bytes.set(chunk, this.#size);
    this.#size = needed;
  }

  #grow(capacity: number): void {
    const larger = Buffer.allocUnsafe(capacity);
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }

  /** Reads one line of the head. Gives false where its end has not come. */
  #readLine(): boolean {
    if (this.#phase === 'status-line' && !this.#looksLikeHead()) return false;
    const end = this.#findLineEnd();
    if ((end ?? this.#size) - this.#at > LONGEST_LINE) this.#fail(tooLong(this.#at));
    if (end === undefined || this.#final) return false;
    const line = this.#bytes.toString('latin1', this.#at, end);
    const start = this.#at;
    // A fault within the line comes before the fault of its end.
    const fault = this.#takeLine(line, start) ?? this.#checkLineEnd(end);
    if (fault) {
      this.#fail(fault);
      return false;
    }
    this.#at = end + 2;
    this.#scanned = this.#at;
    if (line === '' && this.#phase === 'headers') this.#endHead();
    else this.#phase = 'headers';
    return true;
  }

  /** Looks at the first bytes: a body without a head need not be read to its end to be known. */
  #looksLikeHead(): boolean {
    const start = this.#bytes.toString('latin1', this.#at, Math.min(this.#size, this.#at + 1024));
    const blank = start.length - start.trimStart().length;
    const name = start.slice(blank, blank + 4).toUpperCase();
    if (name.length < 4 && 'HTTP'.startsWith(name)) return false;
    if (name !== 'HTTP') this.#fail(noStatusLine(this.#at));
    else if (blank > 0) this.#fail(blankBefore(this.#at, blank));
    return this.#final === undefined;
  }

  /** The offset of the first CR or LF of this line; undefined while it is not known which end it is. */
  #findLineEnd(): number | undefined {
    for (let at = Math.max(this.#at, this.#scanned); at < this.#size; at += 1) {
      const byte = this.#bytes[at];
      const known = byte === 0x0a || (byte === 0x0d && at + 1 < this.#size);
      if (known) return at;
      if (byte === 0x0d) break;
      this.#scanned = at + 1;
    }
    return undefined;
  }

  #checkLineEnd(end: number): ReplyFault | undefined {
    if (this.#bytes[end] === 0x0a) return lfOnly(end, this.#phase);
    return this.#bytes[end + 1] === 0x0a ? undefined : crOnly(end);
  }

  #takeLine(line: string, offset: number): ReplyFault | undefined {
    if (this.#phase === 'status-line') {
      const parsed = parseStatusLine(line);
      if ('code' in parsed) return { ...parsed, offset: parsed.offset + offset };
      this.#statusLine = parsed;
      return undefined;
    }
    if (line === '') return undefined;
    const parsed = parseHeaderLine(line, offset);
    if ('code' in parsed) return parsed;
    this.#headers.push(parsed);
    return undefined;
  }

  #endHead(): void {
    const status = this.#statusLine?.status ?? 0;
    if (status < 200 && status !== 101) {
      this.#phase = 'status-line';
      this.#headers = [];
      return;
    }
    const framing = chooseFraming(status, this.#headers);
    if ('code' in framing) {
      this.#fail(framing);
      return;
    }
    this.#phase = 'body';
    this.#framing = framing;
    this.#bodyStart = this.#at;
    // Room for all of it at once, as far as it is likely to come.
    const end = framing.kind === 'length' ? this.#at + framing.length : 0;
    if (end > this.#bytes.byteLength && end < LARGE) this.#grow(end);
    if (framing.kind === 'chunked') this.#chunks = new ChunkReader(this.#at);
  }

  #readBody(): void {
    if (this.#chunks) {
      const state = this.#chunks.read(this.#bytes.subarray(0, this.#size));
      if (state.state === 'invalid') this.#fail(state.fault);
      else if (state.state === 'whole') this.#final = state;
    } else if (this.#framing?.kind === 'length') {
      const end = this.#at + this.#framing.length;
      if (this.#size >= end) this.#final = { state: 'whole', end };
    } else if (this.#framing?.kind === 'none') {
      this.#final = { state: 'whole', end: this.#at };
    }
  }

  #fail(fault: ReplyFault): void {
    this.#final = { state: 'invalid', part: this.#phase, fault };
  }
}
