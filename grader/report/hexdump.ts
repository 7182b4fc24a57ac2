import { drawGutter, gutterDigits } from './gutter.ts';
import { printAscii, printHex } from './print-hex.ts';
import type { Line, Span } from './line.ts';

/** How many bytes stand in a row, where there is room for them. */
export const ROW_BYTES = 16;

/** The bytes that are wrong, as offsets into all that came. */
export interface Mark {
  readonly offset: number;
  readonly length: number;
}

/**
 * Shows bytes in rows: where they stand, in hexadecimal, and as ASCII.
 *
 * @param start the offset of the first of them
 * @param columns how many bytes stand in a row
 */
export function dumpBytes(
  bytes: Buffer,
  start: number,
  { mark, columns = ROW_BYTES }: { readonly mark?: Mark | undefined; readonly columns?: number },
): readonly Line[] {
  const digits = gutterDigits(start + bytes.byteLength);
  const count = Math.ceil(bytes.byteLength / columns);
  return Array.from({ length: count }, (_, index) => {
    const from = index * columns;
    const margin = drawGutter(String(start + from), digits);
    const cells = Array.from(bytes.subarray(from, from + columns), (byte, place) => ({
      byte,
      kind: isMarked(start + from + place, mark) ? ('wrong' as const) : ('text' as const),
    }));
    return [{ kind: 'margin', text: margin }, ...dumpRow(cells, columns)];
  });
}

/** How many columns of text stand before a byte of a row. */
export function columnsBefore(place: number, columns: number): number {
  return 3 * place + (place >= columns / 2 ? 1 : 0);
}

/** How many columns of text a row takes, without its margin. */
export function rowWidth(columns: number): number {
  return columnsBefore(columns, columns) + 1 + columns + 2;
}

interface Cell {
  readonly byte: number;
  readonly kind: 'wrong' | 'text';
}

function dumpRow(cells: readonly Cell[], columns: number): Line {
  // A space behind each byte, one more in the middle, and one at the end.
  const used = columnsBefore(cells.length, columns);
  const padding = ' '.repeat(columnsBefore(columns, columns) + 1 - used);
  return joinSpans([
    ...cells.flatMap(({ byte, kind }, place): Span[] => [
      { kind, text: printHex(byte) },
      { kind: 'text', text: place === columns / 2 - 1 ? '  ' : ' ' },
    ]),
    { kind: 'text', text: `${padding}|` },
    ...cells.map(({ byte, kind }): Span => ({ kind, text: printAscii(byte) })),
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
