import type { Diagnosis, SourceLocation } from '../model/diagnosis.ts';
import { drawGutter, gutterDigits, gutterWidth } from './gutter.ts';
import { showLine, showLines } from './show-text.ts';

/**
 * Draws the line that a diagnosis names, below its place.
 *
 * @param folder of the submission, which stands before the names of its files
 * @param width columns of the lines; a place is never broken
 * @returns no lines where it names none
 */
export function drawPlace({ source }: Diagnosis, folder: string, width: number): string[] {
  if (!source) return [];
  // As an editor takes it from where the command was typed.
  const above = folder === '.' ? '' : `${folder.replaceAll('\\', '/')}/`;
  const place = showLine(namePlace(source, above), 500);
  return [place, ...drawSource(source, width).map((line) => showLines(line, 1).join(''))];
}

/** Where in a submission something was done, in a line. @param folder stands before the file's name */
export function namePlace({ file, line, column, act }: SourceLocation, folder = ''): string {
  const words = { sent: 'sent by ', listened: 'listens in ', set: 'set in ', failed: 'in ' };
  return `${words[act ?? 'failed']}${folder}${file}:${String(line)}:${String(column)}`;
}

const ELLIPSIS = '...';

/**
 * Draws a line of source with carets under what is meant.
 *
 * @param width columns; of a longer line, the part around the carets is shown
 * @returns no lines where the source is not known
 */
export function drawSource({ line, quote }: SourceLocation, width: number): string[] {
  if (!quote) return [];
  const digits = gutterDigits(line);
  const room = Math.max(20, width - gutterWidth(digits));
  const { text, from } = cutAround(quote, room);
  const length = Math.min(quote.length, Math.max(1, room - from));
  const carets = '^'.repeat(length);
  const marks = `${blank(text.slice(0, from))}${carets}`;
  const beside = quote.caption === undefined ? marks : `${marks} ${quote.caption}`;
  const rows = beside.length <= room ? [beside] : [marks, `${' '.repeat(2)}${quote.caption ?? ''}`];
  return [
    `${drawGutter(String(line), digits)}${text}`,
    ...rows.map((row) => `${drawGutter('', digits)}${row}`.trimEnd()),
  ];
}

function cutAround(
  { text, from, length }: { text: string; from: number; length: number },
  room: number,
): { text: string; from: number } {
  if (text.length <= room) return { text, from };
  const inside = room - 2 * ELLIPSIS.length;
  const meant = Math.min(length, inside);
  // More of what stands before: that is where a reader comes from.
  const wanted = from + meant - Math.floor((inside * 2) / 3);
  const latest = text.length - (room - ELLIPSIS.length);
  const isNear = from + meant <= room - ELLIPSIS.length;
  const first = isNear ? 0 : Math.max(0, Math.min(wanted, latest));
  const before = first > 0 ? ELLIPSIS : '';
  const rest = text.slice(first);
  const left = room - before.length;
  const shown = rest.length <= left ? rest : `${rest.slice(0, left - ELLIPSIS.length)}${ELLIPSIS}`;
  return { text: `${before}${shown}`, from: from - first + before.length };
}

/** As wide as the text: what is written in Chinese, Japanese or Korean takes two columns. */
function blank(text: string): string {
  return text.replace(WIDE, '  ').replace(/[^ ]/gu, ' ');
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;
