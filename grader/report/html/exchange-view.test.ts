import { expect, test } from '@jest/globals';
import { recordBytes } from '../../model/bytes.ts';
import type { Transcript } from '../../model/transcript.ts';
import { viewExchange } from './exchange-view.ts';
import { textOf } from '../line.ts';

const REPLY = Buffer.from('HTTP/1.1 200 OK\nHi\n');
const said = (text: string | Buffer, connection = 1, atMs = 2) => ({
  ...{ atMs, connection },
  bytes: recordBytes(Buffer.from(text)),
});

test('messages come in order, with their sizes and times', () => {
  const [exchange] = viewExchange(
    [
      { kind: 'connected', atMs: 1, connection: 1 },
      { kind: 'sent', ...said('GET / HTTP/1.1\r\n\r\n') },
      { kind: 'received', ...said(REPLY, 1, 14) },
      { kind: 'deadline', afterMs: 3000, atMs: 3014, connection: 1 },
    ],
    {},
  );
  expect(exchange?.label).toBe('2 messages');
  expect(exchange?.steps.map(({ from, what, when }) => [from, what, when])).toEqual([
    ['client', 'The client connects', '1 ms'],
    ['client', 'The client sends 18 bytes', '2 ms'],
    ['server', 'The server sends 19 bytes', '14 ms'],
    ['client', 'The client has waited for 3 s, and waits no longer', '3.01 s'],
  ]);
});

test('what came in pieces is one message, but not over another connection', () => {
  const [exchange] = viewExchange(
    [
      { kind: 'received', ...said('a') },
      { kind: 'received', ...said('b') },
      { kind: 'received', ...said('c', 2) },
      { kind: 'received', ...said('d') },
    ],
    {},
  );
  expect(exchange?.label).toBe('3 messages on 2 connections');
  expect(exchange?.steps.map(({ what }) => what)).toEqual([
    'Connection 1: the server sends 2 bytes',
    'Connection 2: the server sends 1 byte',
    'Connection 1: the server sends 1 byte',
  ]);
});

test('the wrong byte is marked in the message that is the evidence, and in no other', () => {
  const received = { label: 'the answer', bytes: recordBytes(REPLY) };
  const transcript: Transcript = [
    { kind: 'received', ...said('HTTP/1.1 200 OK\r\nHi') },
    { kind: 'sent', ...said('again') },
    { kind: 'received', ...said(REPLY) },
  ];
  const [exchange] = viewExchange(transcript, { received, offset: 15 });
  const marked = exchange?.steps.map(({ lines, bytes }) =>
    [...lines, ...(bytes[0]?.lines ?? [])].flatMap((line) =>
      line.filter(({ kind }) => kind === 'wrong').map(({ text }) => text),
    ),
  );
  expect(marked).toEqual([[], [], ['<LF>', '\\n']]);
});

test.each([
  {
    ...{ what: 'text', text: 'a\nb', label: 'All 3 bytes, with their offsets' },
    rows: ['   0 | a\\n', '   2 | b'],
  },
  {
    ...{ what: 'no text', text: '\0', label: 'All 1 byte, in hexadecimal' },
    rows: [`   0 | 00${' '.repeat(48)}|.|`],
  },
])('bytes that are $what can be looked at one by one', ({ text, label, rows }) => {
  const [exchange] = viewExchange([{ kind: 'received', ...said(text) }], {});
  const [bytes] = exchange?.steps[0]?.bytes ?? [];
  expect(bytes?.label).toBe(label);
  expect(bytes?.lines.map(textOf)).toEqual(rows);
});

test('of a long message the bytes around the wrong one are shown', () => {
  const long = Buffer.alloc(5000, 'x');
  const received = { label: 'the answer', bytes: recordBytes(long, 1500) };
  const [exchange] = viewExchange([{ kind: 'received', ...said(long) }], {
    received,
    offset: 1500,
  });
  const [bytes] = exchange?.steps[0]?.bytes ?? [];
  expect(bytes?.label).toBe('Bytes 1232 to 1743 of 5000, with their offsets');
  expect(bytes?.lines.some((line) => line.some(({ kind }) => kind === 'wrong'))).toBe(true);
});

test('of very many steps the first are shown, and the rest counted', () => {
  const transcript = Array.from({ length: 60 }, (_, index) => ({
    ...({ kind: 'connected', atMs: index, connection: index + 1 } as const),
  }));
  const [exchange] = viewExchange(transcript, {});
  expect(exchange?.steps).toHaveLength(41);
  expect(exchange?.steps.at(-1)?.what).toBe('20 more steps not shown');
});

test('where nothing happened there is no exchange', () => {
  expect(viewExchange([], {})).toEqual([]);
});
