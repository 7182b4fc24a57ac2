import type { ReplyFault } from './fault.ts';

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
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  const control = /[\u0000-\u0008\u000a-\u001f\u007f]/.exec(reason);
  if (control !== null) {
    return fault(
      line.length - reason.length + control.index,
      1,
      'The reason phrase of your status line holds a control character.',
      'a control character; the reason is plain text',
    );
  }
  return { version, status: Number(status), reason };
}

/** Finds which part of the line is wrong, from left to right. */
function findFault(line: string): ReplyFault {
  const name = commonStart(line, 'HTTP/');
  if (name < 5) {
    return fault(
      name,
      Math.max(1, line.search(/[ ]|$/) - name),
      'Your status line does not begin with "HTTP/1.1" or "HTTP/1.0".',
      `${shown(line.slice(0, line.search(/ |$/)))}; HTTP/1.1 was expected`,
    );
  }
  const version = /^HTTP\/(1\.[01])/.exec(line);
  if (version === null) {
    return fault(
      5,
      Math.max(1, line.slice(5).search(/ |$/)),
      'Your status line names a version that is neither HTTP/1.1 nor HTTP/1.0.',
      `${shown(line.slice(5, 5 + line.slice(5).search(/ |$/)))}; 1.1 was expected`,
    );
  }
  if (!/^HTTP\/1\.[01] [^ ]/.test(line)) {
    const spaces = /^ */.exec(line.slice(8))?.[0].length ?? 0;
    return fault(
      spaces > 1 ? 9 : 8,
      Math.max(1, spaces - 1),
      'One space must stand between the version and the status code.',
      spaces > 1 ? `${String(spaces)} spaces; one was expected` : 'a space was expected here',
    );
  }
  const code = /^[^ ]*/.exec(line.slice(9))?.[0] ?? '';
  if (!/^[1-5][0-9]{2}$/.test(code)) {
    return fault(
      9,
      Math.max(1, code.length),
      'The status code is not three digits between 100 and 599.',
      `${shown(code)}; three digits such as 200 were expected`,
    );
  }
  return fault(
    12,
    1,
    'A space must follow the status code, even where no reason comes after it.',
    'a space was expected here',
  );
}

function commonStart(line: string, expected: string): number {
  let length = 0;
  while (length < expected.length && line[length] === expected[length]) length += 1;
  return length;
}

function shown(text: string): string {
  return text === '' ? 'nothing' : `"${text.length > 20 ? `${text.slice(0, 20)}...` : text}"`;
}

function fault(offset: number, length: number, summary: string, caption: string): ReplyFault {
  return { code: 'bad-status-line', offset, length, summary, caption };
}
