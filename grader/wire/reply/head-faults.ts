import type { ReplyFault, ReplyPart } from './fault.ts';

/** Faults that lie between the lines of a head, each by the offset where it stands. */
export function noStatusLine(offset: number): ReplyFault {
  return {
    code: 'no-status-line',
    offset,
    length: 1,
    summary: 'Your reply has no status line: it does not begin with HTTP/1.1.',
    caption: 'HTTP/1.1 and a status code were expected here',
  };
}

export function blankBefore(offset: number, length: number): ReplyFault {
  return {
    code: 'bad-status-line',
    offset,
    length,
    summary: 'White space comes before your status line. Its first byte must be the H of HTTP.',
    caption: 'HTTP/1.1 was expected here',
  };
}

export function lfOnly(offset: number, part: ReplyPart): ReplyFault {
  const line = part === 'status-line' ? 'Your status line ends' : 'A line of your head ends';
  return {
    code: 'lf-only',
    offset,
    length: 1,
    summary: `${line} with LF alone. HTTP lines end with CR LF.`,
    caption: `byte ${String(offset)} is 0a; 0d 0a was expected`,
  };
}

export function crOnly(offset: number): ReplyFault {
  return {
    code: 'cr-only',
    offset,
    length: 1,
    summary: 'A line of your head ends with CR alone. HTTP lines end with CR LF.',
    caption: `byte ${String(offset)} is 0d, and no 0a comes behind it`,
  };
}

export function tooLong(offset: number): ReplyFault {
  return {
    code: 'bad-header-line',
    offset,
    length: 1,
    summary: 'A line of your head has no end within 64 KiB.',
    caption: 'this line does not end',
  };
}

export function contentOfReset(offset: number): ReplyFault {
  return {
    code: 'trailing-bytes',
    offset,
    length: 1,
    summary: 'A reply with status 205 must not have a body.',
    caption: 'the reply should have ended before this byte',
  };
}
