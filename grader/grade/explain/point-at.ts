import { printByte } from '../../model/bytes.ts';
import { escapePattern } from '../../run/escape-pattern.ts';
import type { Mark } from '../../run/quote-line.ts';

/** What was found in a line, and how many of its characters are what was looked for. */
export type Find = (line: string) => (Mark & { readonly matched: number }) | undefined;

/** How many characters must be found in a line, beside the one that was running, to go by it. */
export const WELL_MATCHED = 5;
const LONE_FEED = '\\n';

/** How much of what stands before a byte is looked for in the source, in bytes; the most first. */
const CONTEXT = [24, 16, 12, 8, 6, 4, 3, 2, 1, 0];
const MOST_MARKED = 40;

/**
 * Finds in the line that wrote them what stands for some bytes: text, or an escape such as `\n`.
 *
 * @returns undefined where the line does not hold it, or more than once
 */
export function pointAtBytes(
  line: string,
  { received, offset, length }: { received: Buffer; offset: number; length: number },
): ReturnType<Find> {
  const wrong = received.subarray(offset, offset + Math.min(length, MOST_MARKED));
  if (wrong.byteLength === 0) return undefined;
  const meant = print(wrong);
  for (const context of CONTEXT) {
    const before = print(received.subarray(Math.max(0, offset - context), offset));
    const at = findOnce(line, before + meant);
    // One letter alone may stand for anything, and so may blanks.
    const isCommon = before.trim() === '' && meant.trim().length < 2;
    if (at === undefined || isCommon) continue;
    // A lone line feed is an oddity in a server, and its only place is where it comes from.
    const least = meant === LONE_FEED ? WELL_MATCHED : 0;
    const matched = Math.max(least, before.length + meant.length);
    return { column: at + before.length + 1, length: meant.length, matched };
  }
  return undefined;
}

/** Finds a number in a line of source. */
export function pointAtNumber(line: string, number: number, caption: string): ReturnType<Find> {
  const text = String(number);
  const at = line.search(new RegExp(`(?<![\\w.])${text}(?![\\w.])`));
  const { length } = text;
  return at === -1 ? undefined : { column: at + 1, length, caption, matched: length };
}

function print(bytes: Uint8Array): string {
  return Array.from(bytes, printByte).join('');
}

function findOnce(line: string, text: string): number | undefined {
  // A line feed behind a carriage return is another line end.
  const lone = text.startsWith('\\n') ? '(?<!\\\\r)' : '';
  const [first, ...others] = line.matchAll(new RegExp(`${lone}${escapePattern(text)}`, 'g'));
  return first && others.length === 0 ? first.index : undefined;
}
