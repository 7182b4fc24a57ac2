import { ChunkReader } from './chunks.ts';
import type { ReplyFault, ReplyPart } from './fault.ts';
import {
  blankBefore,
  contentOfReset,
  crOnly,
  lfOnly,
  noStatusLine,
  tooLong,
} from './head-faults.ts';
import { FollowedBytes, type KnownPieces } from './followed-bytes.ts';
import { chooseFraming, type Framing } from './framing.ts';
import { NOTHING_TOLD, takeFraming } from './framing-faults.ts';
import { parseHeaderLine, type HeaderLine } from './header-line.ts';
import { LineEnds } from './line-ends.ts';
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
  /** The body so far, chunks joined; made when it is first asked for. */
  readonly body: Buffer | undefined;
  /** How many bytes came, all told. */
  readonly size: number;
  /** What the body was expected to be, where it is whole and just that. */
  readonly sameAs?: KnownPieces;
}

const LONGEST_LINE = 64 * 1024;
/** How much white space before a status line is looked through for one. */
const LONGEST_BLANK = 1024;
const LARGE = 32 * 1024 * 1024;

/** Parses all of a reply at once. @param ended true when the connection has ended behind it */
export function parseReply(bytes: Uint8Array, ended: boolean): ParsedReply {
  const parser = new ReplyParser();
  parser.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (ended) parser.end();
  return parser.parsed();
}

/**
 * Parses a reply as it arrives, in time linear in its length, however it is cut up. It stops at the
 * first byte that no valid reply could have there. Interim replies (1xx) are read over.
 */
export class ReplyParser {
  readonly #received = new FollowedBytes(4096);
  readonly #expected: KnownPieces | undefined;
  readonly #lineEnds = new LineEnds();
  /** Offset of what is to be read next: a line of the head, or the body. */
  #at = 0;
  /** Offset of the last line that is known to begin like a status line. */
  #head = -1;
  /** How much white space stands at `#at` where a status line should begin. */
  #blank = 0;
  #phase: ReplyPart = 'status-line';
  #statusLine: StatusLine | undefined;
  #headers: HeaderLine[] = [];
  #told = NOTHING_TOLD;
  #framing: Framing | undefined;
  #bodyStart: number | undefined;
  #chunks: ChunkReader | undefined;
  #final: ReplyOutcome | undefined;

  /** @param expected what the body may turn out to be: then it is compared as it comes, and not kept */
  constructor(expected?: KnownPieces) {
    this.#expected = expected;
  }

  /** True once the reply has come whole, by its own declaration of its length. */
  get whole(): boolean {
    return this.#final?.state === 'whole';
  }

  /** All that was pushed so far. It must not be changed, and the next push may move it. */
  get bytes(): Buffer {
    return this.#received.bytes;
  }

  /** How many bytes were pushed so far. */
  get size(): number {
    return this.#received.size;
  }

  push(chunk: Buffer): void {
    this.#received.append(chunk);
    while (this.#final === undefined && this.#phase !== 'body') {
      if (!this.#readLine()) return;
    }
    if (this.#final === undefined) this.#readBody();
  }

  /**
   * Says that the connection has ended. A body without a declared length is whole by that, and what
   * might still have become a status line is none.
   */
  end(): void {
    if (this.#final !== undefined) return;
    if (this.#framing?.kind === 'close') {
      this.#final = { state: 'whole', end: this.size };
    } else if (this.#phase === 'status-line' && this.#head !== this.#at) {
      const begun = this.bytes.toString('latin1', this.#at);
      if (!'HTTP'.startsWith(begun)) this.#fail(noStatusLine(this.#at));
    }
  }

  /** What is known by now. To be asked for when no more is pushed. */
  parsed(): ParsedReply {
    const { size } = this;
    const isExpected = this.#received.areAsKnown && this.whole && this.#end === size;
    const readBody = (): Buffer | undefined => this.#body;
    return {
      outcome: this.#final ?? { state: 'incomplete', part: this.#phase },
      headers: this.#headers,
      ...(this.#statusLine && { statusLine: this.#statusLine }),
      ...(this.#framing && { framing: this.#framing }),
      ...(this.#bodyStart !== undefined && { bodyStart: this.#bodyStart }),
      size,
      ...(isExpected && this.#expected && { sameAs: this.#expected }),
      get body() {
        return readBody();
      },
    };
  }

  get #body(): Buffer | undefined {
    if (this.#bodyStart === undefined) return undefined;
    return this.#chunks ? this.#chunks.body : this.bytes.subarray(this.#bodyStart, this.#end);
  }

  /** The offset behind the last byte of the reply, as far as it has come. */
  get #end(): number {
    return this.#final?.state === 'whole' ? this.#final.end : this.size;
  }

  /** Reads one line of the head. Gives false where its end has not come. */
  #readLine(): boolean {
    if (this.#phase === 'status-line' && !this.#looksLikeHead()) return false;
    const { bytes } = this;
    const start = this.#at;
    const { offset: end, ended } = this.#lineEnds.find(bytes, start);
    if (end - start > LONGEST_LINE) this.#fail(tooLong(start));
    if (!ended || this.#final) return false;
    const line = bytes.toString('latin1', start, end);
    // A fault within the line comes before the fault of its end.
    const fault = this.#takeLine(line, start) ?? this.#checkLineEnd(end);
    if (fault) {
      this.#fail(fault);
      return false;
    }
    this.#at = end + 2;
    if (line === '' && this.#phase === 'headers') this.#endHead();
    else this.#phase = 'headers';
    return true;
  }

  /** Looks at the first bytes: a body without a head need not be read to its end to be known. */
  #looksLikeHead(): boolean {
    if (this.#head === this.#at) return true;
    const { bytes } = this;
    while (isBlank(bytes[this.#at + this.#blank])) this.#blank += 1;
    const start = this.#at + this.#blank;
    const name = bytes.toString('latin1', start, start + 4).toUpperCase();
    const isFar = this.#blank > LONGEST_BLANK;
    if (name.length < 4 && 'HTTP'.startsWith(name) && !isFar) return false;
    if (name !== 'HTTP' || isFar) this.#fail(noStatusLine(this.#at));
    else if (this.#blank > 0) this.#fail(blankBefore(this.#at, this.#blank));
    this.#head = this.#at;
    this.#blank = 0;
    return this.#final === undefined;
  }

  #checkLineEnd(end: number): ReplyFault | undefined {
    if (this.bytes[end] === 0x0a) return lfOnly(end, this.#phase);
    return this.bytes[end + 1] === 0x0a ? undefined : crOnly(end);
  }

  #takeLine(line: string, offset: number): ReplyFault | undefined {
    if (this.#phase === 'status-line') {
      const parsed = parseStatusLine(line);
      if ('code' in parsed) return { ...parsed, offset: parsed.offset + offset };
      this.#statusLine = parsed;
      return undefined;
    }
    if (line === '' || !this.#statusLine) return undefined;
    const parsed = parseHeaderLine(line, offset);
    if ('code' in parsed) return parsed;
    const told = takeFraming(parsed, this.#statusLine, this.#told);
    if ('code' in told) return told;
    this.#told = told;
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
    this.#phase = 'body';
    this.#framing = framing;
    this.#bodyStart = this.#at;
    if (framing.kind === 'chunked') this.#chunks = new ChunkReader(this.#at, status === 205);
    else if (this.#expected) this.#received.follow(this.#at, this.#expected);
    // Room for all of it at once, as far as it is likely to come.
    const end = framing.kind === 'length' ? this.#at + framing.length : 0;
    if (!this.#expected && end < LARGE) this.#received.reserve(end);
  }

  #readBody(): void {
    if (this.#chunks) {
      const state = this.#chunks.read(this.bytes);
      if (state.state === 'invalid') this.#fail(state.fault);
      else if (state.state === 'whole') this.#final = state;
    } else if (this.#framing?.kind === 'length') {
      const end = this.#at + this.#framing.length;
      if (this.size >= end) this.#final = { state: 'whole', end };
    } else if (this.#framing?.kind === 'none') {
      this.#final = { state: 'whole', end: this.#at };
    } else if (this.#statusLine?.status === 205 && this.size > this.#at) {
      this.#fail(contentOfReset(this.#at));
    }
  }

  #fail(fault: ReplyFault): void {
    this.#final = { state: 'invalid', part: this.#phase, fault };
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
