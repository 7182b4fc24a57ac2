import type { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { named } from '../../wire/reply/framing.ts';
import { failure } from './failure.ts';

/**
 * Compares Content-Length with the bytes that came (RFC 9110, section 8.6).
 *
 * @param expected the body that the reply should have, where it is known
 * @returns undefined where the length is true, or none was declared
 */
export function diagnoseLength(
  exchange: Exchange,
  expected?: Uint8Array,
): CheckFailure | undefined {
  const { framing, bodyStart, outcome } = exchange.reply;
  if (bodyStart === undefined || framing === undefined) return undefined;
  if (framing.kind === 'close') return undefined;
  if (framing.kind !== 'length') {
    return outcome.state === 'whole' ? diagnoseTrailing(exchange, outcome.end) : undefined;
  }
  const came = exchange.received.subarray(bodyStart);
  if (came.byteLength === framing.length) return undefined;
  if (came.byteLength < framing.length) return diagnoseTooLong(exchange, came, expected);
  const whole = expected ? came.equals(expected) : true;
  if (!whole || came.subarray(framing.length).toString('latin1').startsWith('HTTP/')) {
    return diagnoseTrailing(exchange, bodyStart + framing.length);
  }
  const characters = came.toString('utf8');
  const counted = [characters.length, Array.from(characters).length].includes(framing.length);
  return counted
    ? lengthFailure(
        'length-in-characters',
        exchange,
        `Content-Length is ${String(framing.length)}, which is the number of characters. The body has ${String(came.byteLength)} bytes.`,
      )
    : lengthFailure(
        'length-too-short',
        exchange,
        `Content-Length is ${String(framing.length)}, but the body has ${String(came.byteLength)} bytes: a client stops reading too soon.`,
      );
}

function diagnoseTooLong(
  exchange: Exchange,
  came: Buffer,
  expected: Uint8Array | undefined,
): CheckFailure | undefined {
  const declared = exchange.reply.framing?.kind === 'length' ? exchange.reply.framing.length : 0;
  // Only the true body shows that no more was meant to come.
  if (!expected || !came.equals(expected)) return undefined;
  return lengthFailure(
    'length-too-long',
    exchange,
    `Content-Length is ${String(declared)}, but the body has only ${String(came.byteLength)} bytes: a client waits for more.`,
  );
}

function diagnoseTrailing(exchange: Exchange, end: number): CheckFailure | undefined {
  const more = exchange.received.byteLength - end;
  if (more <= 0) return undefined;
  return failure(
    'trailing-bytes',
    `${String(more)} more bytes came after the end of the reply that your head declares.`,
    { exchange, offset: end, length: more, caption: 'the reply ends before this byte' },
  );
}

function lengthFailure(
  code: 'length-too-short' | 'length-too-long' | 'length-in-characters',
  exchange: Exchange,
  summary: string,
): CheckFailure {
  const [header] = named(exchange.reply.headers, 'content-length');
  return failure(code, summary, {
    exchange,
    ...(header && { offset: header.valueOffset, length: header.value.length }),
    caption: `${String(exchange.received.byteLength - (exchange.reply.bodyStart ?? 0))} bytes follow the blank line`,
  });
}
