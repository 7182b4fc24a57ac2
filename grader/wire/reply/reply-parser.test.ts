import { describe, expect, test } from '@jest/globals';
import { parseReply, ReplyParser, type ParsedReply } from './reply-parser.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const CLOSED = true;
const OPEN = false;

function parse(text: string, ended: boolean): ParsedReply {
  return parseReply(Buffer.from(text, 'latin1'), ended);
}

describe('a whole reply', () => {
  test.each([
    ['by its length', `${OK}Content-Length: 2\r\n\r\nhi`, 'hi', OPEN],
    ['by a length of nothing', `${OK}Content-Length: 0\r\n\r\n`, '', OPEN],
    ['by its last chunk', `${CHUNKED}2\r\nhi\r\n3\r\n, y\r\n0\r\n\r\n`, 'hi, y', OPEN],
    ['by a last chunk with trailers', `${CHUNKED}0\r\nA: b\r\nC: d\r\n\r\n`, '', OPEN],
    [
      'by chunks with extensions, in capitals',
      `${CHUNKED}A;x="y"\r\n0123456789\r\n000\r\n\r\n`,
      '0123456789',
      OPEN,
    ],
    [
      'by the last of several codings',
      `${OK}transfer-ENCODING: gzip, Chunked\r\n\r\n0\r\n\r\n`,
      '',
      OPEN,
    ],
    ['by the end of the connection', `${OK}\r\nhi`, 'hi', CLOSED],
    ['by its status 204', 'HTTP/1.1 204 No Content\r\n\r\n', '', OPEN],
    [
      'by its status 304, whatever length it names',
      'HTTP/1.1 304 X\r\nContent-Length: 9\r\n\r\n',
      '',
      OPEN,
    ],
    ['with an empty reason, as HTTP/1.0', 'HTTP/1.0 200 \r\nContent-Length:1\r\n\r\nx', 'x', OPEN],
    [
      'with bytes that are no ASCII',
      'HTTP/1.1 200 D\u00fc\r\nX: \u00e9\r\nContent-Length: 1\r\n\r\n\u00e9',
      '\u00e9',
      OPEN,
    ],
  ])('ends %s', (_, ...[text, body, ended]) => {
    const reply = parse(text, ended);
    expect(reply.outcome).toEqual({ state: 'whole', end: text.length });
    expect(reply.body?.toString('latin1')).toBe(body);
  });

  test('keeps the header lines as they came, without the white space around values', () => {
    const { headers } = parse(`${OK}X-A:b\r\nx-a: \t c d \r\nE:\r\n\r\n`, OPEN);
    expect(headers).toEqual([
      { name: 'X-A', value: 'b', offset: 17, valueOffset: 21 },
      { name: 'x-a', value: 'c d', offset: 24, valueOffset: 31 },
      { name: 'E', value: '', offset: 37, valueOffset: 39 },
    ]);
  });

  test('tells the status, the version and the reason', () => {
    const { statusLine } = parse('HTTP/1.0 404 File not found\r\n\r\n', CLOSED);
    expect(statusLine).toEqual({ version: '1.0', status: 404, reason: 'File not found' });
  });

  test.each([
    ['its length', `${OK}Content-Length: 2\r\n\r\nhi`],
    ['its last chunk', `${CHUNKED}0\r\n\r\n`],
    ['a status without a body', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ])('ends by %s before the bytes that come after it', (_, text) => {
    const reply = parse(`${text}more bytes`, CLOSED);
    expect(reply.outcome).toEqual({ state: 'whole', end: text.length });
  });

  test('follows interim replies, whose headers are not its own', () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n';
    const text = `${interim}${OK}Content-Length: 1\r\n\r\nx`;
    const reply = parse(text, OPEN);
    expect(reply.outcome).toEqual({ state: 'whole', end: text.length });
    expect(reply.statusLine?.status).toBe(200);
    expect(reply.headers.map(({ name }) => name)).toEqual(['Content-Length']);
  });
});

describe('a reply that is not whole yet', () => {
  test.each([
    ['status-line', ''],
    ['status-line', 'HTT'],
    ['status-line', 'HTTP/1.1 200 OK\r'],
    ['status-line', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 2'],
    ['headers', OK],
    ['headers', `${OK}X: y`],
    ['headers', `${OK}X: y\r\n\r`],
    ['body', `${OK}\r\nany`],
    ['body', `${OK}Content-Length: 3\r\n\r\nhi`],
    ['body', CHUNKED],
    ['body', `${CHUNKED}2\r\nhi\r\n`],
    ['body', `${CHUNKED}0\r\n`],
  ])('lacks the rest of its %s: %j', (part, text) => {
    expect(parse(text, OPEN).outcome).toEqual({ state: 'incomplete', part });
  });

  test.each([`${OK}Content-Length: 3\r\n\r\nhi`, `${CHUNKED}2\r\nhi\r\n`, OK, 'HTTP/1.1 200 OK'])(
    'stays incomplete where the connection ends: %j',
    (text) => {
      expect(parse(text, CLOSED).outcome).toMatchObject({ state: 'incomplete' });
    },
  );

  test('shows what came of its body', () => {
    expect(parse(`${OK}Content-Length: 3\r\n\r\nhi`, OPEN).body?.toString()).toBe('hi');
    expect(parse(`${CHUNKED}5\r\nhel`, OPEN).body?.toString()).toBe('hel');
  });
});

/** Each with its code and the offset of the first wrong byte; a wrong word is marked as a whole. */
const FAULTS: readonly (readonly [text: string, code: string, part: string, offset: number])[] = [
  ['<html>', 'no-status-line', 'status-line', 0],
  ['HX', 'no-status-line', 'status-line', 0],
  ['200 OK', 'no-status-line', 'status-line', 0],
  [' HTTP/1.1 200 OK\r\n', 'bad-status-line', 'status-line', 0],
  ['\r\nHTTP/1.1 200 OK\r\n', 'bad-status-line', 'status-line', 0],
  ['http/1.1 200 OK\r\n', 'bad-status-line', 'status-line', 0],
  ['HTTP:/1.1 200 OK\r\n', 'bad-status-line', 'status-line', 4],
  ['HTTP/2 200 OK\r\n', 'bad-status-line', 'status-line', 5],
  ['HTTP/1,1 200 OK\r\n', 'bad-status-line', 'status-line', 5],
  ['HTTP/1.1200 OK\r\n', 'bad-status-line', 'status-line', 8],
  ['HTTP/1.1\t200 OK\r\n', 'bad-status-line', 'status-line', 8],
  ['HTTP/1.1\r\n', 'bad-status-line', 'status-line', 8],
  ['HTTP/1.1  200 OK\r\n', 'bad-status-line', 'status-line', 9],
  ['HTTP/1.1 OK\r\n', 'bad-status-line', 'status-line', 9],
  ['HTTP/1.1 20 OK\r\n', 'bad-status-line', 'status-line', 9],
  ['HTTP/1.1 2000 OK\r\n', 'bad-status-line', 'status-line', 9],
  ['HTTP/1.1 600 OK\r\n', 'bad-status-line', 'status-line', 9],
  ['HTTP/1.1 200\r\n', 'bad-status-line', 'status-line', 12],
  ['HTTP/1.1 200 O\u0000K\r\n', 'bad-status-line', 'status-line', 14],
  ['HTTP/1.1 200 OK\n\r\n', 'lf-only', 'status-line', 15],
  ['HTTP/1.1 200 OK\rX: y\r\n', 'cr-only', 'status-line', 15],
  [`${OK}X: y\n`, 'lf-only', 'headers', 21],
  [`${OK}X: y\rZ: y\r\n`, 'cr-only', 'headers', 21],
  [`${OK}X: y\r\n\nhi`, 'lf-only', 'headers', 23],
  [`${OK}\nhi`, 'lf-only', 'headers', 17],
  [`${OK}<html>\r\n`, 'no-blank-line', 'headers', 17],
  [`${OK}Content Type: x\r\n`, 'bad-header-line', 'headers', 24],
  [`${OK}Content-Type : x\r\n`, 'bad-header-line', 'headers', 29],
  [`${OK} X: y\r\n`, 'bad-header-line', 'headers', 17],
  [`${OK}: y\r\n`, 'bad-header-line', 'headers', 17],
  [`${OK}nonsense\r\n`, 'bad-header-line', 'headers', 17],
  [`${OK}X: a\u0001b\r\n`, 'bad-header-line', 'headers', 21],
  [`${OK}X: y\r\n folded\r\n`, 'bad-header-line', 'headers', 23],
  [`${OK}Content-Length: 5x\r\n\r\n`, 'wrong-header', 'headers', 33],
  [`${OK}Content-Length: -1\r\n\r\n`, 'wrong-header', 'headers', 33],
  [`${OK}Content-Length:\r\n\r\n`, 'wrong-header', 'headers', 32],
  [`${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`, 'repeated-header', 'headers', 36],
  [`${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`, 'wrong-header', 'headers', 36],
  [`HTTP/1.1 100 X\r\n\r\n${OK}X: y\n`, 'lf-only', 'headers', 39],
  [`${CHUNKED}hi\r\n`, 'bad-chunk', 'body', 47],
  [`${CHUNKED}\r\n`, 'bad-chunk', 'body', 47],
  [`${CHUNKED}2\n`, 'bad-chunk', 'body', 48],
  [`${CHUNKED}2\r\nhi2\r\nho`, 'bad-chunk', 'body', 52],
  [`${CHUNKED}2\r\nhi\n`, 'bad-chunk', 'body', 52],
];

describe('a reply that can never be valid', () => {
  test.each(FAULTS)('%j is %s in the %s at byte %d', (text, ...[code, part, offset]) => {
    const reply = parse(text, OPEN);
    expect(reply.outcome).toMatchObject({ state: 'invalid', part, fault: { code, offset } });
    expect(parse(text, CLOSED).outcome).toEqual(reply.outcome);
  });

  test('keeps its fault, whatever comes after it', () => {
    const outcome = parse(`${OK}X: y\n`, OPEN).outcome;
    expect(parse(`${OK}X: y\n\r\nContent Type: x\r\n\r\n<html>`, CLOSED).outcome).toEqual(outcome);
  });

  test('has a line that does not end within 64 KiB', () => {
    const { outcome } = parse(`${OK}X: ${'y'.repeat(70_000)}`, OPEN);
    expect(outcome).toMatchObject({
      state: 'invalid',
      fault: { code: 'bad-header-line', offset: 17 },
    });
  });
});

describe('the same bytes, however they are cut', () => {
  const inPieces = (text: string, size: number): ParsedReply => {
    const bytes = Buffer.from(text, 'latin1');
    const parser = new ReplyParser();
    for (let at = 0; at < bytes.byteLength; at += size) parser.push(bytes.subarray(at, at + size));
    return parser.parsed();
  };
  const interim = `HTTP/1.1 100 X\r\n\r\n${OK}Content-Length: 3\r\n\r\nabcdef`;
  const chunked = `${CHUNKED}5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nT: u\r\n\r\nmore`;
  const replies = [
    ...FAULTS.map(([text]) => text),
    interim,
    chunked,
    `${OK}\r\n${'x'.repeat(9000)}`,
  ];

  test.each(replies)('give the same result: %.60j', (text) => {
    const whole = parse(text, OPEN);
    for (const size of [1, 2, 3, 7, 50]) expect(inPieces(text, size)).toEqual(whole);
  });

  test.each([interim, chunked])('give the same result with every cut into two: %.60j', (text) => {
    const whole = parse(text, OPEN);
    for (let cut = 0; cut <= text.length; cut += 1) {
      const parser = new ReplyParser();
      parser.push(Buffer.from(text.slice(0, cut)));
      parser.push(Buffer.from(text.slice(cut)));
      expect(parser.parsed()).toEqual(whole);
    }
  });

  test('give the same result where a header line is longer than 64 KiB', () => {
    const text = `${OK}X: ${'y'.repeat(70_000)}\r\n\r\n`;
    expect(inPieces(text, 1000).outcome).toEqual(parse(text, OPEN).outcome);
  });
});
