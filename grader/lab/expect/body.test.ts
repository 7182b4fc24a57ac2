import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Exchange } from '../../wire/exchange.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { diagnoseBody, type ExpectedFile } from './body.ts';

const HEAD = 'HTTP/1.1 200 OK\r\n\r\n';
const PAGE = Buffer.from('<p>naïve café,\n東京</p>\r\nlast line\n');
const IMAGE = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(5000)]);

function answer(body: Buffer): Exchange {
  const received = Buffer.concat([Buffer.from(HEAD), body]);
  const request = { name: 'GET /', bytes: Buffer.alloc(0) };
  return { request, received, ending: 'closed', withinMs: 3000, reply: parseReply(received, true) };
}

function diagnose(body: Buffer, bytes: Buffer, others?: ExpectedFile['others']) {
  const file = { name: 'the file', bytes, ...(others && { others }) };
  return diagnoseBody(body, file, answer(body))?.diagnosis;
}

test('a body that is the file is no failure', () => {
  expect(diagnose(PAGE, PAGE)).toBeUndefined();
  expect(diagnose(Buffer.alloc(0), Buffer.alloc(0))).toBeUndefined();
});

describe('a body is told', () => {
  const utf8AsLatin1 = Buffer.from(PAGE.toString('latin1'), 'utf8');
  const latin1AsUtf8 = Buffer.from(PAGE.toString('utf8'), 'latin1');
  const unix = Buffer.from(IMAGE.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  const windows = Buffer.from(IMAGE.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');

  test.each([
    ['decoded as UTF-8 and encoded again', Buffer.from(IMAGE.toString()), IMAGE, 'utf8-body'],
    ['read as Latin-1 and sent as UTF-8', utf8AsLatin1, PAGE, 'latin1-body'],
    ['read as UTF-8 and sent as Latin-1', latin1AsUtf8, PAGE, 'latin1-body'],
    ['with CR LF turned into LF', unix, IMAGE, 'newline-translated'],
    ['with LF turned into CR LF', windows, IMAGE, 'newline-translated'],
    ['cut off', IMAGE.subarray(0, 3000), IMAGE, 'truncated'],
    ['empty', Buffer.alloc(0), PAGE, 'truncated'],
    ['without its last byte', PAGE.subarray(0, -1), PAGE, 'truncated'],
    ['behind a second head', Buffer.concat([Buffer.from(HEAD), PAGE]), PAGE, 'head-repeated'],
    [
      'with bytes behind its end',
      Buffer.concat([PAGE, Buffer.from('\r\n')]),
      PAGE,
      'trailing-bytes',
    ],
    ['with one byte changed', Buffer.from(PAGE).fill('X', 4, 5), PAGE, 'body-differs'],
  ])('%s', (_, ...[body, file, code]) => {
    expect(diagnose(body, file)).toMatchObject({ code, proven: true });
  });

  test('to be another file of the folder', () => {
    const others = (): { name: string; bytes: Buffer }[] => [
      { name: 'the page', bytes: PAGE },
      { name: 'the image', bytes: IMAGE },
    ];
    const diagnosis = diagnose(IMAGE, PAGE, others);
    expect(diagnosis).toMatchObject({ code: 'body-of-another-file', proven: true });
    expect(diagnosis?.summary).toContain('the image');
  });

  test('to stop at a whole number of buffers', () => {
    expect(diagnose(IMAGE.subarray(0, 2048), IMAGE)?.summary).toContain('whole number of buffers');
    expect(diagnose(IMAGE.subarray(0, 2047), IMAGE)?.summary).not.toContain('buffers');
  });
});

describe('a diagnosis', () => {
  test.each([
    ['a changed byte', Buffer.from(PAGE).fill('X', 10, 11), 10],
    ['the first of several', Buffer.from(PAGE).fill('X', 3, 30), 3],
    ['the end of what came', PAGE.subarray(0, 7), 7],
    ['the first byte too many', Buffer.concat([PAGE, Buffer.from('!')]), PAGE.byteLength],
  ])('points at %s', (_, body, at) => {
    expect(diagnose(body, PAGE)?.offset).toBe(HEAD.length + at);
  });

  test('finds the first difference of large files', () => {
    const large = randomBytes(3_000_000);
    const body = Buffer.from(large);
    body[2_345_678] = (large[2_345_678] ?? 0) ^ 1;
    expect(diagnose(body, large)?.offset).toBe(HEAD.length + 2_345_678);
  });

  test('shows both sizes, and the bytes that were expected', () => {
    const diagnosis = diagnose(PAGE.subarray(0, 7), PAGE);
    expect(diagnosis?.caption).toContain(`7 bytes came, ${String(PAGE.byteLength)} were expected`);
    expect(diagnosis?.expected).toMatchObject({
      label: 'the file',
      bytes: { size: PAGE.byteLength },
    });
  });

  test('of a bare body counts from its own start', () => {
    const body = Buffer.from('<p>nope</p>');
    const request = { name: 'GET /', bytes: Buffer.alloc(0) };
    const reply = parseReply(body, true);
    const exchange: Exchange = { request, received: body, ending: 'closed', withinMs: 3000, reply };
    const fault = diagnoseBody(body, { name: 'it', bytes: Buffer.from('<p>yes!</p>') }, exchange);
    expect(fault?.diagnosis.offset).toBe(3);
  });
});
