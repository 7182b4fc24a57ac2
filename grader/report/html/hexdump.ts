import { drawGutter, gutterDigits } from '../gutter.ts';
import { printAscii, printHex } from '../print-hex.ts';
import type { Line, Span } from './line.ts';

const ROW_BYTES = 16;
/** Of a row: two digits and a space a byte, one more in the middle, and one at the end. */
const HEX_WIDTH = 3 * ROW_BYTES + 2;

/** The bytes that are wrong, as offsets into all that came. */
export interface Mark {
  readonly offset: number;
  readonly length: number;
}

/**
 * Shows bytes sixteen a row: where they stand, in hexadecimal, and as ASCII.
 *
 * @param start the offset of the first of them
 */
export function dumpBytes(bytes: Buffer, start: number, mark?: Mark): readonly Line[] {
  const digits = gutterDigits(start + bytes.byteLength);
  const count = Math.ceil(bytes.byteLength / ROW_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const from = index * ROW_BYTES;
    const margin = drawGutter(String(start + from), digits);
    const row = dumpRow(bytes.subarray(from, from + ROW_BYTES), start + from, mark);
    return [{ kind: 'margin', text: margin }, ...row];
  });
}

function dumpRow(row: Buffer, start: number, mark: Mark | undefined): Line {
  const kindOf = (place: number) => (isMarked(start + place, mark) ? 'wrong' : 'text');
  const used = 3 * row.byteLength + (row.byteLength >= ROW_BYTES / 2 ? 1 : 0);
  return joinSpans([
    ...Array.from(row).flatMap((byte, place): Span[] => [
      { kind: kindOf(place), text: printHex(byte) },
      { kind: 'text', text: place === ROW_BYTES / 2 - 1 ? '  ' : ' ' },
    ]),
    { kind: 'text', text: `${' '.repeat(HEX_WIDTH - used)}|` },
    ...Array.from(row, (byte, place): Span => ({ kind: kindOf(place), text: printAscii(byte) })),
    { kind: 'text', text: '|' },
  ]);
}

function isMarked(offset: number, mark: Mark | undefined): boolean {
  if (!mark) return false;
  return offset >= mark.offset && offset < mark.offset + Math.max(1, mark.length);
}

/** Neighbours of one kind become one. */
function joinSpans(spans: readonly Span[]): Line {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last?.kind === span.kind) {
      joined[joined.length - 1] = { kind: last.kind, text: last.text + span.text };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

/** Whether bytes are better shown in hexadecimal: text has no NUL, and few control characters. */
export function isBinary(bytes: Buffer): boolean {
  const controls = bytes.filter((byte) => (byte < 0x20 && !TEXTUAL.has(byte)) || byte === 0x7f);
  return bytes.includes(0) || controls.byteLength * 10 > bytes.byteLength;
}

/** Tab, line feed, carriage return. */
const TEXTUAL: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d]);
