import { readBytes } from '../model/bytes.ts';
import type { Diagnosis, Evidence } from '../model/diagnosis.ts';
import { drawCarets } from './bytes-view.ts';
import { gutterDigits } from './gutter.ts';
import { columnsBefore, dumpBytes, ROW_BYTES, type Mark } from './hexdump.ts';
import { caretLines, margin, type Line } from './line.ts';

/** Bytes in hexadecimal, with carets below the first that is wrong. */
export interface Dump {
  /** What they are of. */
  readonly evidence: Evidence;
  /** How wide the column of the offsets is. */
  readonly digits: number;
  readonly lines: readonly Line[];
}

export interface DumpOptions {
  /** How many bytes stand in a row. */
  readonly columns?: number;
  /** How wide a caption may be, in columns. */
  readonly room?: number | undefined;
}

/**
 * Dumps the bytes that prove a diagnosis where what was expected is no text: those that came, and those
 * that should have come, each around the first byte that differs.
 *
 * @returns nothing where what was expected is text, or it is not known which place of it; the bytes that
 *   came are then shown as text
 */
export function dumpEvidence(
  { received, expected, offset, length = 1, caption }: Diagnosis,
  { columns = ROW_BYTES, room }: DumpOptions = {},
): readonly Dump[] {
  const at = expected?.offset;
  if (!received || offset === undefined || !expected || at === undefined) return [];
  if (isText(expected)) return [];
  // Where the body begins in what came: both dumps then have the same byte in the same column.
  const from = offset - at;
  const came = { mark: { offset, length }, from, columns, room, caption };
  const due = { mark: { offset: at, length: 1 }, from: 0, columns };
  return [dumpAround(received, came), dumpAround(expected, due)];
}

function isText({ bytes }: Evidence): boolean {
  const kept = readBytes(bytes);
  // Cut through a character, it would not be text any more.
  const text = kept.toString();
  const damaged = Array.from(text.slice(3, -3)).filter((each) => each === '\ufffd').length;
  return damaged === 0 && !kept.includes(0);
}

interface Layout {
  readonly mark: Mark;
  /** The offset at which a row begins. */
  readonly from: number;
  readonly columns: number;
  readonly room?: number | undefined;
  readonly caption?: string | undefined;
}

const ROWS_AROUND = 1;

function dumpAround(evidence: Evidence, layout: Layout): Dump {
  const { mark, from, columns, room, caption } = layout;
  const { bytes } = evidence;
  const row = Math.floor((mark.offset - from) / columns);
  const starts = Array.from(
    { length: 2 * ROWS_AROUND + 1 },
    (_, index) => from + (row - ROWS_AROUND + index) * columns,
  ).filter((start) => start >= from && start >= bytes.start && start < bytes.size);
  const [first = from] = starts;
  const end = first + starts.length * columns;
  const shown = readBytes(bytes).subarray(first - bytes.start, end - bytes.start);
  const lines = dumpBytes(shown, first, { mark, columns });
  const digits = gutterDigits(first + shown.byteLength);
  const more: readonly Line[] = [[margin('', digits), { kind: 'aside', text: '...' }]];
  // Where fewer bytes came than were expected, the first that lacks may stand behind the last row.
  const wrong = starts.findLastIndex((start) => start <= mark.offset);
  const place = Math.min(columns, mark.offset - (starts[wrong] ?? mark.offset));
  const point = { before: columnsBefore(place, columns), carets: '^^' };
  const around = [
    ...(first > from ? more : []),
    ...lines.slice(0, wrong + 1),
    ...(lines.length > 0 ? caretLines(drawCarets(point, caption, room), digits) : []),
    ...lines.slice(wrong + 1),
    ...(end < bytes.size ? more : []),
  ];
  return { evidence, digits, lines: around };
}
