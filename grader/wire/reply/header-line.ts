import type { ReplyFault } from './fault.ts';

export interface HeaderLine {
  readonly name: string;
  /** Without the white space around it; one character a byte. */
  readonly value: string;
  /** Offset of the line, and of its value, from the start of the reply. */
  readonly offset: number;
  readonly valueOffset: number;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+/;
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * Parses one header line without its line end (RFC 9112, section 5): a name of token characters, a
 * colon right behind it, then a value without control characters.
 *
 * @param line the line, one character a byte
 * @param offset where the line begins in the reply
 */
export function parseHeaderLine(line: string, offset: number): HeaderLine | ReplyFault {
  const name = TOKEN.exec(line)?.[0] ?? '';
  const colon = line.charAt(name.length) === ':';
  if (name === '' || !colon) return findFault(line, name, offset);
  const control = CONTROL.exec(line);
  if (control !== null) {
    const bad = offset + control.index;
    return fault(bad, 1, `The value of ${name} holds a control character.`, 'a control character');
  }
  const raw = line.slice(name.length + 1);
  const lead = raw.length - raw.trimStart().length;
  return { name, value: raw.trim(), offset, valueOffset: offset + name.length + 1 + lead };
}

function findFault(line: string, name: string, offset: number): ReplyFault {
  if (line.startsWith('<')) {
    return {
      code: 'no-blank-line',
      offset,
      length: 1,
      summary: 'Your page begins right after the header lines: the blank line between is missing.',
      caption: 'an empty line (\\r\\n alone) was expected here',
    };
  }
  if (/^[ \t]/.test(line)) {
    return fault(offset, 1, 'A header line begins with white space.', 'a name was expected here');
  }
  if (/^[ \t]+:/.test(line.slice(name.length)) && name !== '') {
    return fault(
      offset + name.length,
      line.slice(name.length).indexOf(':'),
      `White space stands between the name ${name} and its colon.`,
      'the colon must follow the name at once',
    );
  }
  if (!line.includes(':')) {
    return fault(offset, Math.max(1, line.length), 'A header line has no colon.', 'no colon');
  }
  const character = line.charAt(name.length);
  const summary =
    character === ' '
      ? 'A space stands within the name of a header.'
      : 'A header line does not begin with a valid name.';
  return fault(
    offset + name.length,
    1,
    summary,
    'letters, digits and - were expected, then a colon',
  );
}

function fault(offset: number, length: number, summary: string, caption: string): ReplyFault {
  return { code: 'bad-header-line', offset, length, summary, caption };
}
