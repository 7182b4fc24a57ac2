import { describe, expect, test } from '@jest/globals';
import { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { diagnoseLength } from './length.ts';
import { expectReply } from './reply.ts';

const PAGE = '<p>naïve café, 東京 🎉</p>\n';
const SIZE = Buffer.byteLength(PAGE);
const VALUE_AT = 'HTTP/1.1 200 OK\r\nContent-Length: '.length;

function answer(length: number, body: string): Exchange {
  const received = Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Length: ${String(length)}\r\n\r\n${body}`,
  );
  const request = { name: 'GET /', bytes: Buffer.alloc(0) };
  return { request, received, ending: 'closed', withinMs: 3000, reply: parseReply(received, true) };
}

function diagnose(length: number, body = PAGE) {
  return diagnoseLength(answer(length, body), { bytes: Buffer.from(PAGE) })?.diagnosis;
}

test('a length that is the number of bytes is no failure', () => {
  expect(diagnose(SIZE)).toBeUndefined();
  expect(expectReply(answer(SIZE, PAGE)).body.toString()).toBe(PAGE);
});

describe('a false Content-Length is told', () => {
  test.each([
    ['too short', SIZE - 25, 'length-too-short'],
    ['nothing at all', 0, 'length-too-short'],
    ['too long', SIZE + 1, 'length-too-long'],
    ['counted in characters', Array.from(PAGE).length, 'length-in-characters'],
    ['counted in the units of JavaScript', PAGE.length, 'length-in-characters'],
  ])('%s', (_, length, code) => {
    const diagnosis = diagnose(length);
    expect(diagnosis).toMatchObject({ code, proven: true, offset: VALUE_AT });
    expect(diagnosis?.length).toBe(String(length).length);
    expect(diagnosis?.summary).toContain(String(length));
    expect(diagnosis?.summary).toContain(String(SIZE));
  });
});

describe('bytes behind a true length', () => {
  test.each([
    ['of a line end too many', '\r\n'],
    ['of a second reply', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('are told: those %s', (_, more) => {
    const diagnosis = diagnose(SIZE, PAGE + more);
    const end = VALUE_AT + 2 + 4 + SIZE;
    expect(diagnosis).toMatchObject({ code: 'trailing-bytes', offset: end, length: more.length });
  });

  test('are told where the body came in chunks', () => {
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n';
    const received = Buffer.from(`${chunked}more`);
    const request = { name: 'GET /', bytes: Buffer.alloc(0) };
    const reply = parseReply(received, true);
    const fault = diagnoseLength({ request, received, ending: 'closed', withinMs: 3000, reply });
    expect(fault?.diagnosis).toMatchObject({ code: 'trailing-bytes', offset: chunked.length });
  });

  test('are told where a status has no body', () => {
    const head = 'HTTP/1.1 204 No Content\r\n\r\n';
    const received = Buffer.from(`${head}hi`);
    const request = { name: 'GET /', bytes: Buffer.alloc(0) };
    const reply = parseReply(received, true);
    const fault = diagnoseLength({ request, received, ending: 'closed', withinMs: 3000, reply });
    expect(fault?.diagnosis).toMatchObject({ code: 'trailing-bytes', offset: head.length });
  });
});

test('a body that is cut short is not taken for a false length', () => {
  const body = PAGE.slice(0, 5);
  expect(diagnose(SIZE, body)).toBeUndefined();
  const act = (): unknown => expectReply(answer(SIZE, body), {}, { bytes: Buffer.from(PAGE) });
  expect(act).toThrow(CheckFailure);
  expect(act).toThrow('closed the connection within the body');
});
