import type { ReplyFault } from './fault.ts';
import { CONTROL } from './grammar.ts';

export interface StatusLine {
  /** `1.0` or `1.1`. */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
}

/**
 * Parses a status line without its line end (RFC 9112, section 4): version, one space, three
 * digits, one space, and a reason that may be empty.
 *
 * @param line the line, one character a byte
 */
export function parseStatusLine(line: string): StatusLine | ReplyFault {
  const match = /^HTTP\/(1\.[01]) ([1-5][0-9]{2}) (.*)$/.exec(line);
  if (match === null) return findFault(line);
  const [, version = '', status = '', reason = ''] = match;
  const control = CONTROL.exec(reason);
  if (control !== null) {
    return fault({
      offset: line.length - reason.length + control.index,
      length: 1,
      summary: 'The reason phrase of your status line holds a control character.',
      caption: 'a control character; the reason is plain text',
    });
  }
  return { version, status: Number(status), reason };
}

/** Finds which part of the line is wrong, from left to right. */
function findFault(line: string): ReplyFault {
  return (
    findWrongName(line) ?? findWrongVersion(line) ?? findWrongSpace(line) ?? findWrongCode(line)
  );
}

function findWrongName(line: string): ReplyFault | undefined {
  const expected = 'HTTP/';
  const offset = Array.from(expected).findIndex((letter, index) => line[index] !== letter);
  if (offset === -1) return undefined;
  return fault({
    offset,
    length: Math.max(1, wordAt(line, offset).length),
    summary: 'Your status line does not begin with "HTTP/1.1" or "HTTP/1.0".',
    caption: `${shown(wordAt(line, 0))}; HTTP/1.1 was expected`,
  });
}

function findWrongVersion(line: string): ReplyFault | undefined {
  const version = wordAt(line, 5);
  if (/^1\.[01]/.test(version)) return undefined;
  return fault({
    offset: 5,
    length: Math.max(1, version.length),
    summary: 'Your status line names a version that is neither HTTP/1.1 nor HTTP/1.0.',
    caption: `${shown(version)}; 1.1 was expected`,
  });
}

function findWrongSpace(line: string): ReplyFault | undefined {
  const spaces = /^ */.exec(line.slice(8))?.[0].length ?? 0;
  if (spaces === 1) return undefined;
  return fault({
    offset: spaces > 1 ? 9 : 8,
    length: Math.max(1, spaces - 1),
    summary: 'One space must stand between the version and the status code.',
    caption:
      spaces > 1 ? `${String(spaces)} spaces; one was expected` : 'a space was expected here',
  });
}

function findWrongCode(line: string): ReplyFault {
  const code = wordAt(line, 9);
  if (/^[1-5][0-9]{2}$/.test(code)) {
    return fault({
      offset: 12,
      length: 1,
      summary: 'A space must follow the status code, even where no reason comes after it.',
      caption: 'a space was expected here',
    });
  }
  return fault({
    offset: 9,
    length: Math.max(1, code.length),
    summary: 'The status code is not three digits between 100 and 599.',
    caption: `${shown(code)}; three digits such as 200 were expected`,
  });
}

/** What stands from an offset to the next space, or to the end. */
function wordAt(line: string, offset: number): string {
  return /^[^ ]*/.exec(line.slice(offset))?.[0] ?? '';
}

function shown(text: string): string {
  return text === '' ? 'nothing' : `"${text.length > 20 ? `${text.slice(0, 20)}...` : text}"`;
}

function fault(facts: Omit<ReplyFault, 'code'>): ReplyFault {
  return { code: 'bad-status-line', ...facts };
}
