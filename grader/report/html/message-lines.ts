import { plural } from '../words.ts';
import { LINE_ENDS, showWireText, SIDES } from '../wire-text.ts';
import { isBinary, type Mark } from '../hexdump.ts';
import type { Message } from './join-messages.ts';
import type { Line, Span } from '../line.ts';

/** Of one message; what is longer is among its bytes. */
const MOST_LINES = 16;
/** Of one line, in bytes. */
const LONGEST = 240;

/** Writes a message as the course does: each line with who says it, and with its end marked. */
export function writeMessage(message: Message, mark?: Mark): readonly Line[] {
  const { from, size, bytes } = message;
  const text = bytes.subarray(0, findBinary(bytes));
  const all = cutLines(text);
  const shown = all.slice(0, MOST_LINES);
  const lines = shown.map(({ start, end }) => writeLine(bytes, { start, end }, mark));
  const rest = size - (shown.at(-1)?.end ?? 0);
  const isText = text.byteLength === bytes.byteLength;
  const what = isText ? plural(rest, 'more byte') : `${plural(rest, 'byte')} that are no text`;
  const more: readonly Line[] = rest > 0 ? [[{ kind: 'aside', text: `... ${what}` }]] : [];
  const said = [...lines, ...more];
  return said.map((line) => [{ kind: 'margin', text: SIDES[from] }, ...line]);
}

/** Where text ends: at the end, or with the head where what follows that is none. */
function findBinary(bytes: Buffer): number {
  if (!isBinary(bytes)) return bytes.byteLength;
  const blank = bytes.indexOf('\r\n\r\n');
  const head = blank === -1 ? 0 : blank + 4;
  return isBinary(bytes.subarray(0, head)) ? 0 : head;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function cutLines(bytes: Buffer): readonly Stretch[] {
  const lines: Stretch[] = [];
  let start = 0;
  while (start < bytes.byteLength) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.byteLength : feed + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}

function writeLine(bytes: Buffer, { start, end }: Stretch, mark?: Mark): Line {
  const line = bytes.toString('latin1', start, end);
  const lineEnd = line.endsWith('\r\n') ? '\r\n' : line.endsWith('\n') ? '\n' : '';
  const stop = end - lineEnd.length;
  const shownTo = Math.min(stop, start + LONGEST);
  const left = stop - shownTo;
  const wrong = mark ?? { offset: -1, length: 0 };
  const [from, to] = [wrong.offset, wrong.offset + Math.max(1, wrong.length)].map((at) =>
    Math.min(shownTo, Math.max(start, at)),
  );
  const isEndWrong = wrong.offset < end && wrong.offset + Math.max(1, wrong.length) > stop;
  const spans: readonly Span[] = [
    { kind: 'text', text: showWireText(bytes.subarray(start, from)) },
    { kind: 'wrong', text: showWireText(bytes.subarray(from, to)) },
    { kind: 'text', text: showWireText(bytes.subarray(to, shownTo)) },
    { kind: 'aside', text: left > 0 ? `... (${plural(left, 'more byte')})` : '' },
    { kind: isEndWrong ? 'wrong' : 'aside', text: LINE_ENDS[lineEnd] },
  ];
  return spans.filter(({ text }) => text !== '');
}
