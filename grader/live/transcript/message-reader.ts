import { LineCutter, type CutLine } from './line-cutter.ts';
import { isHttp, readHead, type Body } from './read-head.ts';
import { showLineOf } from './show-line.ts';

/** Lines that are shown of one body, or of a stream that is no HTTP. */
const MOST_LINES = 60;
/** Header lines after which it is no head any more. */
const MOST_HEADER_LINES = 100;

type State =
  | { readonly in: 'head'; readonly lines: string[] }
  | { readonly in: 'body'; readonly body: Body; seen: number; lines: number; as: As | undefined };

/** How a body is shown: line by line, or as a sum. */
type As = 'lines' | 'sum';

const UNKNOWN: Body = { length: undefined, type: 'no media type', isText: undefined };

/** Reads what goes one way on a connection, message by message, and shows it line by line. */
export class MessageReader {
  readonly #show: (line: string) => void;
  readonly #cutter: LineCutter;
  #state: State = { in: 'head', lines: [] };
  /** What came of a line of a head, to be read when its end comes. */
  #partial = '';
  /** Bytes that have come, and have not been shown nor summed up. */
  #unshown = 0;

  constructor(show: (line: string) => void) {
    this.#show = show;
    this.#cutter = new LineCutter((line) => {
      this.#takeLine(line);
    });
  }

  write(bytes: Buffer): void {
    let rest = bytes;
    while (rest.byteLength > 0)
      rest = this.#state.in === 'head' ? this.#head(rest) : this.#body(rest);
  }

  /** Nothing more has come for a while: shows what is held back. */
  flush(): void {
    this.#cutter.flush();
    const state = this.#state;
    if (state.in !== 'body' || this.#unshown === 0) return;
    const more = state.as === 'lines' ? ' more' : '';
    this.#show(
      `${count(state.as === 'lines' ? this.#unshown : state.seen, more)} of ${state.body.type}`,
    );
    this.#unshown = 0;
  }

  /** The other side has said something: what comes now is likely an answer to that. */
  turn(): void {
    this.flush();
    const state = this.#state;
    if (state.in === 'body' && state.body.length !== undefined && state.seen > 0) return;
    this.#restart();
  }

  /** No more will come. */
  end(): void {
    this.flush();
    const state = this.#state;
    if (state.in !== 'body' || state.body.length === undefined) return;
    const missing = state.body.length - state.seen;
    if (missing > 0)
      this.#show(`... ${count(missing, ' more')} are missing, by its Content-Length`);
  }

  #restart(): void {
    this.#state = { in: 'head', lines: [] };
    this.#partial = '';
  }

  /** Takes a line of a head. @returns what follows it */
  #head(bytes: Buffer): Buffer {
    const end = bytes.indexOf(0x0a) + 1;
    this.#cutter.write(end > 0 ? bytes.subarray(0, end) : bytes);
    return end > 0 ? bytes.subarray(end) : Buffer.alloc(0);
  }

  #takeLine(line: CutLine): void {
    const state = this.#state;
    this.#show(showLineOf(line));
    if (state.in === 'body') {
      state.lines += 1;
      return;
    }
    this.#partial += line.bytes.toString('latin1');
    const first = state.lines[0] ?? this.#partial;
    // What is no HTTP has no heads: it is shown as it comes.
    if (!isHttp(first) && (line.end !== '' || first.length > 100)) {
      this.#enter(UNKNOWN);
      return;
    }
    if (line.end === '') return;
    const isBlank = this.#partial === '';
    if (!isBlank) state.lines.push(this.#partial);
    this.#partial = '';
    if (isBlank || state.lines.length > MOST_HEADER_LINES) this.#enter(readHead(state.lines));
  }

  #enter(body: Body): void {
    this.#restart();
    if (body.length !== 0) {
      this.#state = { in: 'body', body, seen: 0, lines: 0, as: undefined };
    }
  }

  /** Takes bytes of a body. @returns those of the next message */
  #body(bytes: Buffer): Buffer {
    const state = this.#state;
    if (state.in !== 'body') return bytes;
    const left = (state.body.length ?? Infinity) - state.seen;
    const piece = bytes.subarray(0, left);
    state.as ??= isReadable(piece) && state.body.isText !== false ? 'lines' : 'sum';
    state.seen += piece.byteLength;
    if (state.as === 'sum') this.#unshown += piece.byteLength;
    else this.#showLines(piece, state);
    if (piece.byteLength === left) {
      this.flush();
      this.#restart();
    }
    return bytes.subarray(piece.byteLength);
  }

  #showLines(piece: Buffer, state: Extract<State, { in: 'body' }>): void {
    let rest = piece;
    while (rest.byteLength > 0 && state.lines < MOST_LINES) {
      const end = rest.indexOf(0x0a) + 1;
      this.#cutter.write(end > 0 ? rest.subarray(0, end) : rest);
      rest = end > 0 ? rest.subarray(end) : Buffer.alloc(0);
    }
    this.#unshown += rest.byteLength;
  }
}

function isReadable(piece: Buffer): boolean {
  return !piece.includes(0);
}

function count(bytes: number, more = ''): string {
  return `${String(bytes)}${more} byte${bytes === 1 ? '' : 's'}`;
}
