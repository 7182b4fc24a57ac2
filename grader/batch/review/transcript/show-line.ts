import { printByte } from '../../../model/bytes.ts';
import { showText } from '../../../report/show-text.ts';
import type { CutLine } from './line-cutter.ts';

/** Shows a line of a message as the course writes it, with its end marked. */
export function showLineOf(line: CutLine): string {
  return `${showWithoutEnd(line)}${ENDS[line.end]}`;
}

/** Shows a line whose end is of no account. */
export function showWithoutEnd({ bytes, omitted }: CutLine): string {
  const more = omitted > 0 ? `... (${String(omitted)} more bytes)` : '';
  return `${showBytes(bytes)}${more}`;
}

const ENDS = { '\r\n': '<CRLF>', '\n': '<LF>', '': '' } as const;
/** Text that reads like one of the marks. */
const SPOOFED = /<(?=(?:CRLF|LF|CR)>)/g;

function showBytes(bytes: Buffer): string {
  const text = decode(bytes);
  const plain = text ?? Array.from(bytes, printByte).join('');
  return showText(
    plain.replace(SPOOFED, '\\x3c').replace(/\r/g, '<CR>').replace(/\t/g, '\\t').replace(/\n/g, ''),
  );
}

/** @returns undefined where it is no UTF-8 */
function decode(bytes: Buffer): string | undefined {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

/**
 * Lays a line out in so many columns: what does not fit goes on below, indented, so that no part of it
 * ever stands where a line begins.
 */
export function layOut(prefix: string, text: string, width: number): string {
  const room = Math.max(20, width - prefix.length);
  const rows: string[] = [''];
  let used = 0;
  for (const unit of text.match(UNITS) ?? []) {
    // Of what is beyond ASCII, some is two columns wide.
    const columns = /^[ -~]*$/.test(unit) ? unit.length : 2;
    if (used + columns > room) {
      rows.push('');
      used = 0;
    }
    used += columns;
    rows.push(`${rows.pop() ?? ''}${unit}`);
  }
  return rows
    .map((row, index) => `${index === 0 ? prefix : ' '.repeat(prefix.length)}${row}`.trimEnd())
    .map((row) => `${row}\n`)
    .join('');
}

/** A mark is not broken. */
const UNITS = /<(?:CRLF|LF|CR)>|./gsu;
