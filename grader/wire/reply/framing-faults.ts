import type { ReplyFault } from './fault.ts';
import type { HeaderLine } from './header-line.ts';
import type { StatusLine } from './status-line.ts';
import { readCodings } from './transfer-codings.ts';

/** What the header lines so far have told of the body's end. */
export interface ToldFraming {
  readonly length: boolean;
  readonly coding: boolean;
  readonly chunked: boolean;
}

export const NOTHING_TOLD: ToldFraming = { length: false, coding: false, chunked: false };

/**
 * Takes note of what one more header line tells of the body's end, or finds that it tells it falsely
 * (RFC 9112, sections 6.1 to 6.3; RFC 9110, section 8.6).
 */
export function takeFraming(
  header: HeaderLine,
  statusLine: StatusLine,
  told: ToldFraming,
): ToldFraming | ReplyFault {
  const name = header.name.toLowerCase();
  if (name !== 'content-length' && name !== 'transfer-encoding') return told;
  const isLength = name === 'content-length';
  if (isLength ? told.coding : told.length) return wrongLine(header, BOTH);
  const fault =
    findUncalledFor(header, statusLine.status) ??
    (isLength
      ? findWrongLength(header, told, statusLine.status)
      : findWrongCoding(header, told, statusLine.version));
  return fault ?? (isLength ? { ...told, length: true } : withCoding(header, told));
}

const BOTH =
  'Your reply has both Content-Length and Transfer-Encoding. Only one may say where it ends.';

function findUncalledFor(header: HeaderLine, status: number): ReplyFault | undefined {
  if (status >= 200 && status !== 204) return undefined;
  const summary = `A reply with status ${String(status)} has no body, and so it must not have the header ${header.name}.`;
  return wrongLine(header, summary);
}

function findWrongLength(
  header: HeaderLine,
  told: ToldFraming,
  status: number,
): ReplyFault | undefined {
  if (told.length) {
    const summary = 'Your reply declares Content-Length more than once.';
    return { ...wrongLine(header, summary), code: 'repeated-header' };
  }
  if (!/^[0-9]+$/.test(header.value)) {
    const summary = 'The value of Content-Length is not a number of bytes in decimal digits.';
    return wrongValue(header, summary, 'digits alone were expected');
  }
  if (status === 205 && /[1-9]/.test(header.value)) {
    return wrongValue(header, 'A reply with status 205 must not have a body.', '0 was expected');
  }
  return undefined;
}

function findWrongCoding(
  header: HeaderLine,
  told: ToldFraming,
  version: string,
): ReplyFault | undefined {
  if (version === '1.0') {
    const summary = 'Transfer-Encoding came with HTTP/1.1: a reply of HTTP/1.0 must not have it.';
    return wrongLine(header, summary);
  }
  const codings = readCodings(header.value);
  if (!codings) {
    const summary = 'The value of Transfer-Encoding is not a list of codings.';
    return wrongValue(header, summary, 'a coding such as chunked was expected');
  }
  const chunked = codings.filter((coding) => coding === 'chunked').length;
  if (chunked + (told.chunked ? 1 : 0) > 1) {
    const summary = 'Transfer-Encoding names chunked twice. A body is cut into chunks only once.';
    return wrongValue(header, summary, 'chunked again');
  }
  return undefined;
}

function withCoding({ value }: HeaderLine, told: ToldFraming): ToldFraming {
  const chunked = told.chunked || (readCodings(value) ?? []).includes('chunked');
  return { ...told, coding: true, chunked };
}

/** The fault of a line that should not be there, whatever its value. */
function wrongLine(header: HeaderLine, summary: string): ReplyFault {
  const { offset, valueOffset, value } = header;
  const length = valueOffset + value.length - offset;
  return { code: 'wrong-header', offset, length, summary, caption: 'the header in question' };
}

function wrongValue(header: HeaderLine, summary: string, caption: string): ReplyFault {
  const { valueOffset, value } = header;
  const length = Math.max(1, value.length);
  const shown = value === '' ? 'nothing stands here' : caption;
  return { code: 'wrong-header', offset: valueOffset, length, summary, caption: shown };
}
