import { expect, test } from '@jest/globals';
import type { Message } from './join-messages.ts';
import { textOf } from '../line.ts';
import { writeMessage } from './message-lines.ts';

function message(text: string | Buffer, from: Message['from'] = 'server'): Message {
  const bytes = Buffer.from(text);
  return { kind: 'message', from, connection: 1, atMs: 0, size: bytes.byteLength, bytes };
}

test('each line has its side before it and its end marked, as in the course', () => {
  const lines = writeMessage(message('GET / HTTP/1.1\r\nHost: x\n\r\nrest', 'client'));
  expect(lines.map(textOf)).toEqual([
    'C (-->): GET / HTTP/1.1<CRLF>',
    'C (-->): Host: x<LF>',
    'C (-->): <CRLF>',
    'C (-->): rest',
  ]);
});

test('what is UTF-8 is readable, and nothing in a line passes for the mark of its end', () => {
  const lines = writeMessage(message('à la <CRLF>\t\u001b[2J\u202e\r\n'));
  expect(lines.map(textOf)).toEqual(['S (<--): à la \\x3cCRLF>\\t\\u001b[2J\\u202e<CRLF>']);
});

test.each([
  { where: 'within a line', mark: { offset: 9, length: 3 }, marked: '200' },
  { where: 'over the end of a line', mark: { offset: 13, length: 4 }, marked: 'OK<CRLF>' },
  { where: 'at the end of a line alone', mark: { offset: 15, length: 1 }, marked: '<CRLF>' },
  { where: 'at a place without length', mark: { offset: 9, length: 0 }, marked: '2' },
])('the wrong bytes are marked $where', ({ mark, marked }) => {
  const [line = []] = writeMessage(message('HTTP/1.1 200 OK\r\n'), mark);
  const wrong = line.filter(({ kind }) => kind === 'wrong');
  expect(textOf(wrong)).toBe(marked);
  expect(textOf(line)).toBe('S (<--): HTTP/1.1 200 OK<CRLF>');
});

test('a body that is no text is counted, not shown', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]);
  const reply = Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), png]);
  expect(writeMessage(message(reply)).map(textOf)).toEqual([
    'S (<--): HTTP/1.1 200 OK<CRLF>',
    'S (<--): <CRLF>',
    'S (<--): ... 9 bytes that are no text',
  ]);
});

test('of many lines and of a long one the first part is shown, and the rest counted', () => {
  const lines = writeMessage(message(`${'x'.repeat(300)}\n${'y\n'.repeat(100)}`)).map(textOf);
  expect(lines[0]).toBe(`S (<--): ${'x'.repeat(240)}... (60 more bytes)<LF>`);
  expect(lines).toHaveLength(17);
  expect(lines.at(-1)).toBe('S (<--): ... 170 more bytes');
});
