import { StringDecoder } from 'node:string_decoder';
import type { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { named } from '../../wire/reply/framing.ts';
import { firstDifference } from './body.ts';
import { failure } from './failure.ts';
import { findMistake } from './known-mistakes.ts';

/** The body that a reply should have. Its bytes are asked for only where they are needed to tell a cause. */
export interface KnownBody {
  readonly bytes: Buffer;
}

/**
 * Compares Content-Length with the bytes that came (RFC 9110, section 8.6).
 *
 * @param expected the body that the reply should have, where it is known
 * @returns undefined where the length is true, or none was declared
 */
export function diagnoseLength(exchange: Exchange, expected?: KnownBody): CheckFailure | undefined {
  const { framing, bodyStart, outcome } = exchange.reply;
  if (bodyStart === undefined || framing === undefined) return undefined;
  if (framing.kind === 'close') return undefined;
  if (framing.kind !== 'length') {
    return outcome.state === 'whole' ? diagnoseTrailing(exchange, outcome.end) : undefined;
  }
  if (exchange.reply.size === bodyStart + framing.length) return undefined;
  const came = exchange.received.subarray(bodyStart);
  if (came.byteLength < framing.length) return diagnoseTooLong(exchange, came, expected);
  const damaged = expected && diagnoseDamaged(exchange, framing.length, expected.bytes);
  if (damaged) return damaged;
  const whole = expected ? came.equals(expected.bytes) : true;
  if (!whole || came.toString('latin1', framing.length, framing.length + 5) === 'HTTP/') {
    return diagnoseTrailing(exchange, bodyStart + framing.length);
  }
  return isCountOfCharacters(framing.length, came)
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

const PIECE = 64 * 1024;

/** Whether bytes hold so many characters, be they counted as JavaScript does or as Python does. */
function isCountOfCharacters(length: number, bytes: Buffer): boolean {
  const decoder = new StringDecoder('utf8');
  let [units, characters] = [0, 0];
  const count = (text: string): void => {
    units += text.length;
    characters += Array.from(text).length;
  };
  // In pieces: a server may have sent more than one string can hold.
  for (let at = 0; at < bytes.byteLength; at += PIECE) {
    count(decoder.write(bytes.subarray(at, at + PIECE)));
  }
  count(decoder.end());
  return units === length || characters === length;
}

function diagnoseTooLong(
  exchange: Exchange,
  came: Buffer,
  expected: KnownBody | undefined,
): CheckFailure | undefined {
  const [declared] = named(exchange.reply.headers, 'content-length');
  // Only the true body shows that no more was meant to come.
  if (!expected || !came.equals(expected.bytes)) return undefined;
  return lengthFailure(
    'length-too-long',
    exchange,
    `Content-Length is ${declared?.value ?? ''}, but the body has only ${String(came.byteLength)} bytes: a client waits for more.`,
  );
}

/** A damaged body is often longer than the file, of which the head declares the length all the same. */
function diagnoseDamaged(
  exchange: Exchange,
  declared: number,
  expected: Buffer,
): CheckFailure | undefined {
  const start = exchange.reply.bodyStart ?? 0;
  const came = exchange.received.subarray(start);
  const mistake = findMistake(came, expected, 'The file');
  if (!mistake) return undefined;
  const [size, at] = [String(came.byteLength), firstDifference(came, expected)];
  return failure(mistake.code, mistake.summary, {
    exchange,
    expected: { label: 'the file', bytes: expected, offset: at },
    offset: start + at,
    caption: `${size} bytes came, ${String(expected.byteLength)} were expected`,
    note: `Content-Length is ${String(declared)}, but the body has ${size} bytes: a client stops reading too soon.`,
  });
}

function diagnoseTrailing(exchange: Exchange, end: number): CheckFailure | undefined {
  const more = exchange.reply.size - end;
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
