import { printByte } from '../model/bytes.ts';
import { showText } from './show-text.ts';

/** How the course marks the end of a line. */
export const LINE_ENDS = { '\r\n': '<CRLF>', '\n': '<LF>', '': '' } as const;

/** How the course marks who says a line. */
export const SIDES = { client: 'C (-->): ', server: 'S (<--): ' } as const;

/** Text that reads like one of the marks. */
const SPOOFED = /<(?=(?:CRLF|LF|CR)>)/g;

/** Shows bytes of a line as the course writes them: as text where they are UTF-8, else escaped. */
export function showWireText(bytes: Buffer): string {
  const plain = decode(bytes) ?? Array.from(bytes, printByte).join('');
  return showText(
    plain.replace(SPOOFED, '\\x3c').replace(/\r/g, '<CR>').replace(/\t/g, '\\t').replace(/\n/g, ''),
  );
}

/** @returns undefined where it is no UTF-8 */
function decode(bytes: Buffer): string | undefined {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
