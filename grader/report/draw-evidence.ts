import { readBytes } from '../model/bytes.ts';
import type { Diagnosis, Evidence } from '../model/diagnosis.ts';
import { drawBytes, drawCarets } from './bytes-view.ts';
import { drawGutter, gutterDigits } from './gutter.ts';
import { printAscii, printHex } from './print-hex.ts';
import { showLine } from './show-text.ts';

/**
 * Draws the bytes that prove a diagnosis: of text, those that came; where what was expected is no text,
 * both, one dump below the other, around the first byte that differs.
 *
 * @param width columns
 */
export function drawEvidence(diagnosis: Diagnosis, width: number): string[] {
  const { received, expected, offset, caption } = diagnosis;
  const at = expected?.offset;
  if (!received || offset === undefined || !expected || at === undefined || isText(expected)) {
    return drawBytes(diagnosis, width - INDENT);
  }
  // Where the body begins in what came: both dumps then have the same byte in the same column.
  const layout = { columns: width >= WIDE ? 16 : 8, from: offset - at, room: width - MARGIN };
  return [
    ...dump(received, offset, { ...layout, caption }),
    '',
    ...dump(expected, at, { ...layout, from: 0 }),
  ];
}

const WIDE = 80;
/** What reports put before each line. */
const INDENT = 2;
/** What stands before the bytes, and what reports add before that. */
const MARGIN = 13;
const ROWS_AROUND = 1;

function isText({ bytes }: Evidence): boolean {
  const kept = readBytes(bytes);
  // Cut through a character, it would not be text any more.
  const text = kept.toString();
  const damaged = Array.from(text.slice(3, -3)).filter((each) => each === '\ufffd').length;
  return damaged === 0 && !kept.includes(0);
}

interface Layout {
  readonly columns: number;
  /** The offset at which a row begins. */
  readonly from: number;
  /** How wide a caption may be, in columns. */
  readonly room: number;
  readonly caption?: string | undefined;
}

function dump({ label, bytes }: Evidence, at: number, layout: Layout): string[] {
  const { columns, from, room, caption } = layout;
  const kept = readBytes(bytes);
  const row = Math.floor((at - from) / columns);
  const starts = Array.from(
    { length: 2 * ROWS_AROUND + 1 },
    (_, index) => from + (row - ROWS_AROUND + index) * columns,
  ).filter((start) => start >= from && start >= bytes.start && start < bytes.size);
  const digits = gutterDigits(starts.at(-1) ?? 0);
  const draw = (number: string, text: string): string =>
    `${drawGutter(number, digits)}${text}`.trimEnd();
  const lines = starts.flatMap((start) => {
    const cells = [...kept.subarray(start - bytes.start, start - bytes.start + columns)];
    const line = draw(String(start), drawRow(cells, columns));
    if (at < start || at >= start + columns) return [line];
    const carets = drawCarets({ before: 3 * (at - start), carets: '^^' }, caption, room);
    return [line, ...carets.map((each) => draw('', each))];
  });
  const above = (starts[0] ?? 0) > from ? [draw('', '...')] : [];
  const below = (starts.at(-1) ?? 0) + columns < bytes.size ? [draw('', '...')] : [];
  return [
    draw('byte', `${showLine(label)} (${String(bytes.size)} bytes)`),
    ...above,
    ...lines,
    ...below,
  ];
}

function drawRow(cells: readonly number[], columns: number): string {
  const hex = cells.map(printHex).join(' ');
  return `${hex.padEnd(3 * columns - 1)}  ${cells.map(printAscii).join('')}`;
}
