import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { repeatedFile } from '../../lab/repeated-file.ts';
import { parseReply, ReplyParser } from './reply-parser.ts';

const FILE = repeatedFile('web/large.png', Buffer.from('abcdefg'), 100);

/** What a server makes of the file: as it is, or with one thing done to it. */
const anyBody = fc.oneof(
  fc.constant(FILE.bytes),
  fc.nat(99).map((end) => FILE.bytes.subarray(0, end)),
  fc
    .string({ minLength: 1, maxLength: 9 })
    .map((more) => Buffer.concat([FILE.bytes, Buffer.from(more)])),
  fc.nat(99).map((at) => {
    const bytes = Buffer.from(FILE.bytes);
    bytes[at] = 0x2e;
    return bytes;
  }),
);
const anyHead = fc.constantFrom(
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 101\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n',
  'HTTP/1.1 204 No Content\r\n',
);
const anyCuts = fc.array(fc.nat(180), { maxLength: 6 });

test('a reply is the same whether or not its body was expected, however it is cut up', () => {
  let same = 0;
  fc.assert(
    fc.property(anyHead, anyBody, anyCuts, (head, body, cuts) => {
      const reply = Buffer.concat([Buffer.from(`${head}\r\n`), body]);
      const parser = new ReplyParser(FILE.pieces);
      const ends = [...cuts.sort((one, other) => one - other), reply.byteLength];
      for (const [index, end] of ends.entries())
        parser.push(reply.subarray(ends[index - 1] ?? 0, end));
      parser.end();
      const { sameAs, ...parsed } = parser.parsed();
      expect(parsed.size).toBe(reply.byteLength);
      // Asked before anything of the body is, and only of one that is whole and nothing else.
      const { body: whole, outcome } = parseReply(reply, true);
      const isSame = whole?.equals(FILE.bytes) === true && outcome.state === 'whole';
      if (!head.includes('chunked')) {
        expect(sameAs !== undefined).toBe(isSame && outcome.end === reply.byteLength);
      }
      if (sameAs) same += 1;
      expect(parsed).toEqual(parseReply(reply, true));
      expect(parser.bytes.equals(reply)).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(same).toBeGreaterThan(0);
});

test('a large file is the same in pieces and as a whole', () => {
  expect(Buffer.concat(FILE.pieces ?? []).equals(FILE.bytes)).toBe(true);
  expect(FILE.bytes.byteLength).toBe(100);
});
