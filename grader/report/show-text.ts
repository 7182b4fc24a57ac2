import { printText } from '../model/bytes.ts';

/**
 * Shows text from outside: what could move a cursor, reorder a line or hide in it becomes escapes.
 * Line ends stay. A joiner between letters stays as well, since Persian and Hindi names have it.
 */
export function showText(text: string): string {
  const parts = text.split(JOINER);
  return parts
    .map((part, index) => (index % 2 === 1 ? part : printText(part)))
    .join('')
    .replace(PILE, '$1')
    .replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** Shows text from outside in one line, and no more of it than `most` characters. */
export function showLine(text: string, most = 200): string {
  return clip(showText(text).replace(/\s+/g, ' ').trim(), most);
}

/** Shows at most `most` lines of text from outside, each no longer than 500 characters. */
export function showLines(text: string, most: number): readonly string[] {
  const lines = showText(text).split('\n');
  const rest = lines.length - most;
  const shown = lines.slice(0, most).map((line) => clip(line, 500));
  return rest > 0 ? [...shown, `... (${String(rest)} more lines)`] : shown;
}

// The joiner comes first, so that nothing looks back from each of a million marks.
const JOINER = /([\u200c\u200d])(?<=\p{L}\p{M}*.)(?=\p{L})/u;

// Halves of a pair, soft hyphens, tags, and whatever else has no shape of its own. Joiners that
// have come as far as here are wanted.
const HIDDEN = /(?![\u200c\u200d])[\p{Cs}\p{Cf}\p{Co}]/gu;

/** Marks upon marks, which would cover the lines above and below. */
const PILE = /(\p{M}{5})\p{M}+/gu;

function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not through the middle of a pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}... (${String(text.length - end)} more characters)`;
}
