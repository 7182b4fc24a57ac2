import { printByte, readBytes } from '../model/bytes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { drawGutter, gutterDigits, gutterWidth } from './gutter.ts';
import { showLine } from './show-text.ts';
import { wrap } from './wrap.ts';

const ROW_BYTES = 16;
const ROW_WIDTH = 56;
const CAPTION_WIDTH = 67;
/** Columns, where nobody says how many there are. */
const WIDTH = 78;
const ROWS_BEFORE = 3;
const ROWS_AFTER = 2;

/** Received bytes around the first wrong one, a row a line of text. */
export interface BytesView {
  /** What they are, and how many. */
  readonly title: string;
  /** Whether there are bytes above and below that are not shown. */
  readonly above: boolean;
  readonly below: boolean;
  readonly rows: readonly BytesRow[];
  /** How wide the column of the offsets is. */
  readonly digits: number;
}

export interface BytesRow {
  /** Offset of its first byte in what was received. */
  readonly offset: number;
  readonly before: string;
  /** The wrong bytes, in one row at most; empty in all others. */
  readonly wrong: string;
  readonly after: string;
  /** What stands below them: the carets and the caption. */
  readonly carets: readonly string[];
}

interface Row {
  readonly offset: number;
  /** How each of its bytes is shown. */
  readonly cells: readonly string[];
}

/**
 * Draws the received bytes around the first wrong one, with a caret under it.
 *
 * @param width the columns that a line may take, at most 78 of which are used
 * @returns lines, without the caption where there is none; empty where nothing was received
 */
export function drawBytes(diagnosis: Diagnosis, width = WIDTH): string[] {
  const view = viewBytes(diagnosis, width);
  if (!view) return [];
  const { digits } = view;
  const draw = (number: string, text: string): string => `${drawGutter(number, digits)}${text}`;
  const more = (is: boolean): string[] => (is ? [draw('', '...')] : []);
  const titles = wrapLines(view.title, width - gutterWidth(digits));
  const lines = view.rows.flatMap(({ offset, before, wrong, after, carets }) => [
    draw(String(offset), `${before}${wrong}${after}`),
    ...carets.map((each) => draw('', each)),
  ]);
  return [
    ...titles.map((line, index) => draw(index === 0 ? 'byte' : '', line)),
    ...[...more(view.above), ...lines, ...more(view.below)],
  ];
}

/** @returns undefined where nothing was received */
export function viewBytes(
  { received, offset, length = 1, caption }: Diagnosis,
  width = WIDTH,
): BytesView | undefined {
  if (!received || received.bytes.size === 0) return undefined;
  const { bytes, label } = received;
  const kept = readBytes(bytes);
  // The file's middle may be millions of bytes from its start.
  const digits = gutterDigits(bytes.start + kept.byteLength);
  const room = width - gutterWidth(digits);
  const rows = cutRows(kept, bytes.start, room);
  const at = offset ?? bytes.start;
  const marked = rows.findLastIndex((row) => row.offset <= at);
  const first = Math.max(0, marked - ROWS_BEFORE);
  const shown = rows.slice(first, marked + 1 + ROWS_AFTER);
  return {
    title: `${showLine(label)} (${String(bytes.size)} bytes)`,
    above: first > 0 || bytes.start > 0,
    below: first + shown.length < rows.length,
    rows: shown.map((row, index) =>
      offset === undefined || first + index !== marked
        ? plainRow(row)
        : markRow(row, { offset, length, caption, room }),
    ),
    digits,
  };
}

/**
 * Shows bytes in rows.
 *
 * @param start the offset of the first
 * @param mark the wrong ones, if there are any among them
 */
export function listRows(
  bytes: Buffer,
  start: number,
  mark?: { readonly offset: number; readonly length: number },
): readonly BytesRow[] {
  const room = WIDTH;
  const rows = cutRows(bytes, start, room);
  const marked = mark === undefined ? -1 : rows.findLastIndex((row) => row.offset <= mark.offset);
  return rows.map((row, index) =>
    mark && index === marked ? markRow(row, { ...mark, caption: undefined, room }) : plainRow(row),
  );
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

function plainRow({ offset, cells }: Row): BytesRow {
  return { offset, before: cells.join(''), wrong: '', after: '', carets: [] };
}

interface Mark {
  readonly offset: number;
  readonly length: number;
  readonly caption: string | undefined;
  /** Columns. */
  readonly room: number;
}

function markRow(row: Row, { offset, length, caption, room }: Mark): BytesRow {
  const within = offset - row.offset;
  const before = row.cells.slice(0, within).join('');
  const wrong = row.cells.slice(within, within + length).join('');
  const after = row.cells.slice(within + length).join('');
  const point = { before: before.length, carets: '^'.repeat(Math.max(1, wrong.length)) };
  return { offset: row.offset, before, wrong, after, carets: drawCarets(point, caption, room) };
}

/** Draws carets below what stands behind so many columns, and the caption beside or below them. */
export function drawCarets(
  { before, carets }: { readonly before: number; readonly carets: string },
  caption: string | undefined,
  room = CAPTION_WIDTH,
): string[] {
  const pointer = `${' '.repeat(before)}${carets}`;
  if (caption === undefined) return [pointer];
  const widest = Math.min(CAPTION_WIDTH, room);
  const said = showLine(caption, 300);
  if (pointer.length + 1 + said.length <= widest) return [`${pointer} ${said}`];
  const left = Math.max(0, Math.min(before, widest - said.length));
  return [pointer, ...wrapLines(said, widest).map((line) => `${' '.repeat(left)}${line}`)];
}

function wrapLines(text: string, width: number): string[] {
  return wrap(text, width, { first: '' }).split('\n');
}
