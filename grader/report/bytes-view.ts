import { printByte, readBytes } from '../model/bytes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';

const ROW_BYTES = 16;
const ROW_WIDTH = 56;
const CAPTION_WIDTH = 67;
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
 * @returns lines, without the caption where there is none; empty where nothing was received
 */
export function drawBytes({ received, offset, length = 1, caption }: Diagnosis): string[] {
  if (!received) return [];
  const { bytes, label } = received;
  if (bytes.size === 0) return [];
  const rows = cutRows(readBytes(bytes), bytes.start);
  const at = offset ?? bytes.start;
  const marked = rows.findLastIndex((row) => row.offset <= at);
  const first = Math.max(0, marked - ROWS_BEFORE);
  const shown = rows.slice(first, marked + 1 + ROWS_AFTER);
  // The file's middle may be millions of bytes from its start.
  const digits = Math.max(4, String(shown.at(-1)?.offset ?? 0).length);
  const draw = (number: string, text: string): string => `${number.padStart(digits)} | ${text}`;
  const lines = shown.flatMap((row, index) => {
    const line = draw(String(row.offset), row.cells.join(''));
    if (offset === undefined || first + index !== marked) return [line];
    const carets = drawCaret(row, { offset, length, caption });
    return [line, ...carets.map((each) => draw('', each))];
  });
  const above = first > 0 || bytes.start > 0 ? [draw('', '...')] : [];
  const below = first + shown.length < rows.length ? [draw('', '...')] : [];
  const title = draw('byte', `${label} (${String(bytes.size)} bytes)`);
  return [title, ...above, ...lines, ...below];
}

/** Cuts bytes into rows: after each line end, and before a row gets too wide. */
function cutRows(bytes: Buffer, start: number): Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let from = 0;
  const isText = !bytes.includes(0);
  const widest = isText ? ROW_WIDTH : 4 * ROW_BYTES;
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

function drawCaret(
  row: Row,
  { offset, length, caption }: { offset: number; length: number; caption: string | undefined },
): string[] {
  const within = offset - row.offset;
  const before = row.cells.slice(0, within).join('').length;
  const marked = row.cells.slice(within, within + length).join('').length;
  const carets = '^'.repeat(Math.max(1, marked));
  if (caption === undefined) return [`${' '.repeat(before)}${carets}`];
  const beside = before + carets.length + 1 + caption.length <= CAPTION_WIDTH;
  const left = Math.max(0, Math.min(before, CAPTION_WIDTH - caption.length));
  return beside
    ? [`${' '.repeat(before)}${carets} ${caption}`]
    : [`${' '.repeat(before)}${carets}`, `${' '.repeat(left)}${caption}`];
}
