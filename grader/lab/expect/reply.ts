import type { Exchange } from '../../wire/exchange.ts';
import { named } from '../../wire/reply/framing.ts';
import type { HeaderLine } from '../../wire/reply/header-line.ts';
import type { StatusLine } from '../../wire/reply/status-line.ts';
import { cutShort, expectAnswered } from './answer.ts';
import { diagnoseLength, type KnownBody } from './length.ts';
import { failure, faultFailure } from './failure.ts';

/** A valid reply, taken apart. */
export interface Reply {
  readonly statusLine: StatusLine;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
  readonly exchange: Exchange;
}

/** What a reply must be; what is not named may be anything. */
export interface ReplyExpectation {
  readonly status?: number | readonly number[];
  /** A media type such as `text/html`, whatever its parameters and its case. */
  readonly type?: string;
}

/**
 * Expects a valid status line (RFC 9112, section 4), whatever follows it.
 *
 * @throws CheckFailure that names the first wrong byte, or the status that came instead
 */
export function expectStatusLine(
  exchange: Exchange,
  status?: ReplyExpectation['status'],
): StatusLine {
  const { outcome, statusLine } = exchange.reply;
  expectAnswered(exchange);
  if (outcome.state === 'invalid' && outcome.part === 'status-line') {
    throw faultFailure(exchange, outcome.fault);
  }
  if (!statusLine) throw cutShort(exchange, 'status line');
  expectStatus(exchange, statusLine, status);
  return statusLine;
}

/** Expects a valid head: the status line, header lines, and the blank line (RFC 9112, section 5). */
export function expectHead(exchange: Exchange): Pick<Reply, 'statusLine' | 'headers'> {
  const statusLine = expectStatusLine(exchange);
  const { outcome, headers, bodyStart } = exchange.reply;
  if (outcome.state === 'invalid' && outcome.part === 'headers') {
    throw faultFailure(exchange, outcome.fault);
  }
  if (bodyStart !== undefined) return { statusLine, headers };
  if (exchange.ending === 'closed' && exchange.received.at(-1) === 0x0a) {
    throw failure('no-blank-line', 'The blank line that ends the header lines is missing.', {
      exchange,
      offset: exchange.received.byteLength,
      caption: 'an empty line (\\r\\n alone) was expected here',
    });
  }
  throw cutShort(exchange, 'head');
}

/**
 * Expects a whole, valid reply. One that neither declares its length nor ends is taken as far as it
 * came: that it never ends is for the check about ending to say.
 *
 * @param expected the body that the reply should have, where it is known; it tells what a false
 *   Content-Length comes from
 * @throws CheckFailure that names the first wrong byte, or what came instead
 */
export function expectReply(
  exchange: Exchange,
  expectation: ReplyExpectation = {},
  expected?: KnownBody,
): Reply {
  const { statusLine, headers } = expectHead(exchange);
  expectStatus(exchange, statusLine, expectation.status);
  const { outcome, framing } = exchange.reply;
  const lengthFault = diagnoseLength(exchange, expected);
  if (lengthFault) throw lengthFault;
  if (outcome.state === 'invalid') throw faultFailure(exchange, outcome.fault);
  if (outcome.state === 'incomplete' && framing?.kind !== 'close') throw cutShort(exchange, 'body');
  const reply = {
    statusLine,
    headers,
    get body() {
      return exchange.reply.body ?? Buffer.alloc(0);
    },
    exchange,
  };
  if (expectation.type !== undefined) expectType(reply, expectation.type);
  return reply;
}

/** Expects the media type of a reply to be this one (RFC 9110, section 8.3). */
export function expectType(reply: Omit<Reply, 'body' | 'statusLine'>, type: string): void {
  const { exchange } = reply;
  const header = expectHeader(reply, 'Content-Type', type);
  if (mediaType(header.value) === type) return;
  throw failure('wrong-header', `Content-Type is "${header.value}", which is not ${type}.`, {
    exchange,
    offset: header.valueOffset,
    length: Math.max(1, header.value.length),
    caption: `${type} was expected`,
  });
}

/**
 * Expects a reply to have a header once (RFC 9110, section 5.3).
 *
 * @param example a value that would be right, for the report of one that is missing
 */
export function expectHeader(
  { exchange, headers }: Pick<Reply, 'exchange' | 'headers'>,
  name: string,
  example = '...',
): HeaderLine {
  const [header, again] = named(headers, name.toLowerCase());
  if (!header) {
    const offset = exchange.reply.bodyStart ?? exchange.received.byteLength;
    throw failure('missing-header', `Your reply has no ${name} header.`, {
      exchange,
      offset: Math.max(0, offset - 2),
      caption: `${name}: ${example} was expected before the blank line`,
    });
  }
  if (again && again.value !== header.value) {
    throw failure('repeated-header', `Your reply has two different ${name} headers.`, {
      exchange,
      offset: again.offset,
      length: again.name.length,
      caption: 'the second one',
    });
  }
  return header;
}

/** The media type of a Content-Type value: what stands before the parameters, in lower case. */
function mediaType(value: string): string {
  return (/^([^;\s]*)[ \t]*(?:;|$)/.exec(value)?.[1] ?? '').toLowerCase();
}

function expectStatus(
  exchange: Exchange,
  { status, reason, version }: StatusLine,
  wanted: ReplyExpectation['status'],
): void {
  const allowed = typeof wanted === 'number' ? [wanted] : wanted;
  if (allowed === undefined || allowed.includes(status)) return;
  const [first = 200, ...others] = allowed.map(String);
  const phrase = [first, ...others].join(' or ');
  throw failure(
    'wrong-status',
    `The answer to ${exchange.request.name} has status ${String(status)} ${reason}; ${phrase} was expected.`,
    {
      exchange,
      offset: exchange.received.indexOf(`HTTP/${version} ${String(status)}`) + 9,
      length: 3,
      caption: `${phrase} was expected`,
    },
  );
}
