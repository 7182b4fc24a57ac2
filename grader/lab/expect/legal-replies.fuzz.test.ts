import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Exchange } from '../../wire/exchange.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { expectBody } from './body.ts';
import { expectHead, expectHeader, expectReply, expectStatusLine } from './reply.ts';

// Every way to write one right reply that RFC 9110 and RFC 9112 allow must pass every check of a reply.

/** Bytes that stand in a reason and in a value: all but control characters, the tab excepted. */
const TEXT = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
  (sign) => sign === '\t' || (sign >= ' ' && sign !== '\u007f'),
);
const TOKEN = Array.from("!#$%&'*+-.^_`|~09azAZ");

const text = fc.string({ unit: fc.constantFrom(...TEXT), maxLength: 12 });
const token = fc.string({ unit: fc.constantFrom(...TOKEN), minLength: 1, maxLength: 8 });
const blanks = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 3 });
const quoted = text.map((plain) => `"${plain.replaceAll(/["\\]/g, '\\$&')}"`);

/** A word in any mixture of capitals and small letters. */
const inAnyCase = (word: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((raised) =>
      Array.from(word, (sign, at) => (raised[at] ? sign.toUpperCase() : sign.toLowerCase())).join(
        '',
      ),
    );

const headerLine = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(inAnyCase(name), blanks, value, blanks)
    .map(([written, before, each, behind]) => `${written}:${before}${each}${behind}\r\n`);

const parameter = fc
  .tuple(blanks, blanks, fc.oneof(inAnyCase('charset'), token), fc.oneof(token, quoted))
  .map(([before, behind, name, value]) => `${before};${behind}${name}=${value}`);
const charset = fc.constantFrom('; charset=utf-8', ';charset="UTF-8"', ' ; Charset=iso-8859-1', '');
const mediaType = fc
  .tuple(inAnyCase('text/html'), fc.oneof(charset, fc.array(parameter, { maxLength: 2 })))
  .map(([type, more]) => `${type}${typeof more === 'string' ? more : more.join('')}`);

const ours = new Set(['content-type', 'content-length', 'transfer-encoding', 'date']);
const extra = token
  .filter((name) => !ours.has(name.toLowerCase()))
  .chain((name) => headerLine(name, text));

/** A body in chunks of any sizes. */
const inChunks = (body: string): fc.Arbitrary<string> =>
  fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      zeros: fc.integer({ min: 0, max: 20 }),
      capitals: fc.boolean(),
      extensions: fc.array(
        fc
          .tuple(token, fc.option(fc.oneof(token, quoted)))
          .map(([name, value]) => `;${name}${value === null ? '' : `=${value}`}`),
        { maxLength: 2 },
      ),
      trailers: fc.array(extra, { maxLength: 2 }),
    })
    .map(({ sizes, zeros, capitals, extensions, trailers }) => {
      const start = (size: number): string => {
        const digits = size.toString(16);
        const written = '0'.repeat(zeros) + (capitals ? digits.toUpperCase() : digits);
        return `${written}${extensions.join('')}\r\n`;
      };
      let [chunks, at] = ['', 0];
      for (let turn = 0; at < body.length; turn += 1) {
        const data = body.slice(at, at + (sizes[turn % sizes.length] ?? 1));
        chunks += `${start(data.length)}${data}\r\n`;
        at += data.length;
      }
      return `${chunks}${start(0)}${trailers.join('')}\r\n`;
    });

interface Framed {
  readonly headers: readonly string[];
  readonly sent: string;
}

const plainBody = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'));

const framed = (body: string, version: string): fc.Arbitrary<Framed> => {
  const zeros = fc.integer({ min: 0, max: 30 });
  const length = zeros
    .chain((count) =>
      headerLine('Content-Length', fc.constant('0'.repeat(count) + String(body.length))),
    )
    .map((line) => ({ headers: [line], sent: body }));
  const closed = fc.constant({ headers: [], sent: body });
  const chunked = fc
    .tuple(headerLine('Transfer-Encoding', inAnyCase('chunked')), inChunks(body))
    .map(([line, sent]) => ({ headers: [line], sent }));
  return version === '1.1' ? fc.oneof(length, closed, chunked) : fc.oneof(length, closed);
};

const interim = fc
  .tuple(fc.constantFrom(100, 102, 103, 199), text, fc.array(extra, { maxLength: 2 }))
  .map(
    ([status, reason, lines]) => `HTTP/1.1 ${String(status)} ${reason}\r\n${lines.join('')}\r\n`,
  );

const reply = fc
  .record({
    version: fc.constantFrom('1.0', '1.1'),
    reason: fc.oneof(fc.constantFrom('OK', '', 'Page not found'), text),
    extras: fc.array(extra, { maxLength: 4 }),
    type: headerLine('Content-Type', mediaType),
    date: headerLine('Date', fc.constant('Sun, 01 Mar 2026 14:05:09 GMT')),
    interims: fc.array(interim, { maxLength: 2 }),
    body: plainBody,
  })
  .chain((parts) =>
    fc
      .tuple(fc.constant(parts), framed(parts.body, parts.version))
      .chain(([, { headers, sent }]) => {
        const lines = [...parts.extras, ...headers, parts.type, parts.date];
        const shuffled = fc.shuffledSubarray(lines, { minLength: lines.length });
        return fc.tuple(shuffled, fc.constant(sent));
      })
      .map(([lines, sent]) => {
        const { interims, version, reason, body } = parts;
        const head = `${interims.join('')}HTTP/${version} 200 ${reason}\r\n${lines.join('')}\r\n`;
        return { bytes: Buffer.from(head + sent, 'latin1'), reason, body, lines: lines.length };
      }),
  );

function exchangeOf(received: Buffer): Exchange {
  const request = { name: 'GET /', bytes: Buffer.alloc(0) };
  return { request, received, ending: 'closed', withinMs: 3000, reply: parseReply(received, true) };
}

test('every legal way to write a reply passes', () => {
  const property = fc.property(reply, ({ bytes, reason, body, lines }) => {
    const exchange = exchangeOf(bytes);
    const file = { name: 'the file', bytes: Buffer.from(body, 'latin1') };
    expect(exchange.reply.outcome).toEqual({ state: 'whole', end: bytes.byteLength });
    expect(expectStatusLine(exchange, 200).reason).toBe(reason);
    expect(expectHead(exchange).headers).toHaveLength(lines);
    const read = expectReply(exchange, { status: [200], type: 'text/html' }, file);
    expect(expectHeader(read, 'Date').value).toBe('Sun, 01 Mar 2026 14:05:09 GMT');
    expectBody(read.body, file, exchange);
  });
  fc.assert(property, { numRuns: 1500 });
});

test('a header line keeps its name and its value, without the white space around it', () => {
  const property = fc.property(token, text, fc.tuple(blanks, blanks), (name, value, around) => {
    const [before, behind] = around;
    const line = `${name}:${before}${value}${behind}\r\n`;
    const received = Buffer.from(`HTTP/1.0 304 \r\n${line}\r\n`, 'latin1');
    const { headers } = exchangeOf(received).reply;
    const bare = value.replaceAll(/^[ \t]+|[ \t]+$/g, '');
    expect(headers).toMatchObject([{ name, value: bare, offset: 15 }]);
  });
  fc.assert(property, { numRuns: 500 });
});

test('another media type is told from the one that is expected, whatever its parameters', () => {
  const others = ['text/htm', 'text/htmlx', 'text/plain', 'html', 'text', '', '"text/html"'];
  const wrong = fc.tuple(fc.constantFrom(...others, 'text /html', 'text/html\u00a0'), charset);
  const property = fc.property(wrong, ([type, more]) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}${more}\r\nContent-Length: 0\r\n\r\n`;
    const exchange = exchangeOf(Buffer.from(head, 'latin1'));
    expect(() => expectReply(exchange, { type: 'text/html' })).toThrow('which is not text/html');
  });
  fc.assert(property, { numRuns: 50 });
});
