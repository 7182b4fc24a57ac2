import { printByte, readBytes } from '../model/bytes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { showLine } from './show-text.ts';
import { wrap } from './wrap.ts';

const ROW_BYTES = 16;
const ROW_WIDTH = 56;
const CAPTION_WIDTH = 67;
const BAR = ' | ';
const ROWS_BEFORE = 3;
const ROWS_AFTER = 2;

interface Row {
  /** Offset of its first byte in what was received. */
  readonly offset: number;
  /** How each of its bytes is shown. */
  readonly cells: readonly string[];
}

/**
 * Draws the received bytes around the first wrong one, a row a line of text, with a caret under it.
 *
 * @param width the columns that a line may take, at most 78 of which are used
 * @returns lines, without the caption where there is none; empty where nothing was received
 */
export function drawBytes(
  { received, offset, length = 1, caption }: Diagnosis,
  width = 78,
): string[] {
  if (!received) return [];
  const { bytes, label } = received;
  if (bytes.size === 0) return [];
  const kept = readBytes(bytes);
  // The file's middle may be millions of bytes from its start.
  const digits = Math.max(4, String(bytes.start + kept.byteLength).length);
  const room = width - digits - BAR.length;
  const rows = cutRows(kept, bytes.start, room);
  const at = offset ?? bytes.start;
  const marked = rows.findLastIndex((row) => row.offset <= at);
  const first = Math.max(0, marked - ROWS_BEFORE);
  const shown = rows.slice(first, marked + 1 + ROWS_AFTER);
  const draw = (number: string, text: string): string => `${number.padStart(digits)}${BAR}${text}`;
  const lines = shown.flatMap((row, index) => {
    const line = draw(String(row.offset), row.cells.join(''));
    if (offset === undefined || first + index !== marked) return [line];
    const carets = drawCaret(row, { offset, length, caption, room });
    return [line, ...carets.map((each) => draw('', each))];
  });
  const above = first > 0 || bytes.start > 0 ? [draw('', '...')] : [];
  const below = first + shown.length < rows.length ? [draw('', '...')] : [];
  const title = wrapLines(`${showLine(label)} (${String(bytes.size)} bytes)`, room);
  const titles = title.map((line, index) => draw(index === 0 ? 'byte' : '', line));
  return [...titles, ...above, ...lines, ...below];
}

/** Cuts bytes into rows: after each line end, and before a row gets too wide. */
function cutRows(bytes: Buffer, start: number, room: number): Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let from = 0;
  const isText = !bytes.includes(0);
  // The last byte of a row may take three columns more.
  const widest = Math.min(isText ? ROW_WIDTH : 4 * ROW_BYTES, room - 3);
  for (const [index, byte] of bytes.entries()) {
    cells.push(printByte(byte));
    const width = cells.join('').length;
    if (byte === 0x0a || width >= widest || cells.length >= ROW_WIDTH) {
      rows.push({ offset: start + from, cells });
      cells = [];
      from = index + 1;
    }
  }
  if (cells.length > 0) rows.push({ offset: start + from, cells });
  return rows;
}

interface Caret {
  readonly offset: number;
  readonly length: number;
  readonly caption: string | undefined;
  /** Columns. */
  readonly room: number;
}

function drawCaret(row: Row, { offset, length, caption, room }: Caret): string[] {
  const within = offset - row.offset;
  const before = row.cells.slice(0, within).join('').length;
  const marked = row.cells.slice(within, within + length).join('').length;
  const carets = `${' '.repeat(before)}${'^'.repeat(Math.max(1, marked))}`;
  if (caption === undefined) return [carets];
  const widest = Math.min(CAPTION_WIDTH, room);
  const said = showLine(caption, 300);
  if (carets.length + 1 + said.length <= widest) return [`${carets} ${said}`];
  const left = Math.max(0, Math.min(before, widest - said.length));
  return [carets, ...wrapLines(said, widest).map((line) => `${' '.repeat(left)}${line}`)];
}

function wrapLines(text: string, width: number): string[] {
  return wrap(text, width, { first: '' }).split('\n');
}
