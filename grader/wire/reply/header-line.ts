import type { ReplyFault } from './fault.ts';
import { CONTROL, TOKEN } from './grammar.ts';

export interface HeaderLine {
  readonly name: string;
  /** Without the white space around it; one character a byte. */
  readonly value: string;
  /** Offset of the line, and of its value, from the start of the reply. */
  readonly offset: number;
  readonly valueOffset: number;
}

const NAME = new RegExp(`^${TOKEN}`);

/**
 * Parses one header line without its line end (RFC 9112, section 5): a name of token characters, a
 * colon right behind it, then a value without control characters.
 *
 * @param line the line, one character a byte
 * @param offset where the line begins in the reply
 */
export function parseHeaderLine(line: string, offset: number): HeaderLine | ReplyFault {
  const name = NAME.exec(line)?.[0] ?? '';
  const colon = line.charAt(name.length) === ':';
  if (name === '' || !colon) return findFault(line, name, offset);
  const control = CONTROL.exec(line);
  if (control !== null) {
    return fault({
      offset: offset + control.index,
      length: 1,
      summary: `The value of ${name} holds a control character.`,
      caption: 'a control character',
    });
  }
  const start = skip(line, name.length + 1, 1);
  const end = Math.max(start, skip(line, line.length - 1, -1) + 1);
  return { name, value: line.slice(start, end), offset, valueOffset: offset + start };
}

/** The first place from `at` on, in steps of 1 or -1, that holds neither a space nor a tab. */
function skip(line: string, at: number, step: 1 | -1): number {
  let place = at;
  while (line[place] === ' ' || line[place] === '\t') place += step;
  return place;
}

function findFault(line: string, name: string, offset: number): ReplyFault {
  const rest = line.slice(name.length);
  const at = offset + name.length;
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
    const summary = 'A header line begins with white space.';
    return fault({ offset, length: 1, summary, caption: 'a name was expected here' });
  }
  if (name !== '' && /^[ \t]+:/.test(rest)) {
    const summary = `White space stands between the name ${name} and its colon.`;
    const caption = 'the colon must follow the name at once';
    return fault({ offset: at, length: rest.indexOf(':'), summary, caption });
  }
  if (!line.includes(':')) {
    const length = Math.max(1, line.length);
    return fault({ offset, length, summary: 'A header line has no colon.', caption: 'no colon' });
  }
  const summary = rest.startsWith(' ')
    ? 'A space stands within the name of a header.'
    : 'A header line does not begin with a valid name.';
  const caption = 'letters, digits and - were expected, then a colon';
  return fault({ offset: at, length: 1, summary, caption });
}

function fault(facts: Omit<ReplyFault, 'code'>): ReplyFault {
  return { code: 'bad-header-line', ...facts };
}
