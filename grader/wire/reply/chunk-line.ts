import { QUOTED, TOKEN } from './grammar.ts';

/** The size that a chunk's first line tells, or where the line is wrong and what was expected. */
export type ChunkLine =
  { readonly size: number } | { readonly offset: number; readonly caption: string };

const SIZE = /^[0-9A-Fa-f]+/;
/** Without white space around its signs: a reader must bear with it, and no sender may write it. */
const EXTENSION = new RegExp(`;${TOKEN}(?:=(?:${TOKEN}|${QUOTED}))?`, 'y');

/**
 * Parses the line before a chunk's data (RFC 9112, section 7.1): a size in hexadecimal, then
 * extensions, which mean nothing here.
 *
 * @param line without its line end, one character a byte
 */
export function parseChunkLine(line: string): ChunkLine {
  const digits = SIZE.exec(line)?.[0];
  if (digits === undefined) {
    return { offset: 0, caption: 'the size of a chunk, in hexadecimal, was expected' };
  }
  EXTENSION.lastIndex = digits.length;
  let end = digits.length;
  while (end < line.length) {
    if (!EXTENSION.test(line)) {
      return { offset: end, caption: 'CR LF was expected after the size of a chunk' };
    }
    end = EXTENSION.lastIndex;
  }
  return { size: Number.parseInt(digits, 16) };
}
