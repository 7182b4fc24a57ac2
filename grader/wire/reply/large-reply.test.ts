import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { ReplyParser } from './reply-parser.ts';

// Not timed: a parser that looks at a byte again with each piece would not end within the test's time.

const BODY = randomBytes(8 * 1024 * 1024);
const PIECE = 64;

function readInPieces(reply: Buffer): ReplyParser {
  const parser = new ReplyParser();
  for (let at = 0; at < reply.byteLength; at += PIECE) parser.push(reply.subarray(at, at + PIECE));
  return parser;
}

test('reads 8 MiB with a declared length in small pieces', () => {
  const head = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${String(BODY.byteLength)}\r\n\r\n`);
  const parser = readInPieces(Buffer.concat([head, BODY]));
  expect(parser.whole).toBe(true);
  expect(parser.parsed().body?.equals(BODY)).toBe(true);
});

test('reads 8 MiB up to the end of the connection in small pieces', () => {
  const parser = readInPieces(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), BODY]));
  parser.end();
  expect(parser.whole).toBe(true);
  expect(parser.parsed().body?.equals(BODY)).toBe(true);
});

test.each([100, 16 * 1024, BODY.byteLength])(
  'reads 8 MiB in chunks of %d bytes in small pieces',
  (size) => {
    const parts = [Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')];
    for (let at = 0; at < BODY.byteLength; at += size) {
      const data = BODY.subarray(at, at + size);
      parts.push(Buffer.from(`${data.byteLength.toString(16)}\r\n`), data, Buffer.from('\r\n'));
    }
    const parser = readInPieces(Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]));
    expect(parser.whole).toBe(true);
    expect(parser.parsed().body?.equals(BODY)).toBe(true);
  },
);

test('reads a body without a head, 8 MiB long, in small pieces', () => {
  const parser = readInPieces(Buffer.concat([Buffer.from('<html>'), BODY]));
  expect(parser.parsed().outcome).toMatchObject({ state: 'invalid', part: 'status-line' });
  expect(parser.bytes.byteLength).toBe(BODY.byteLength + 6);
});
