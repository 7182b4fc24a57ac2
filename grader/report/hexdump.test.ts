import { expect, test } from '@jest/globals';
import { dumpBytes, isBinary } from './hexdump.ts';
import { textOf } from './line.ts';

const bytes = Buffer.from([...Buffer.from('GIF89a<script>&"'), 0, 255, 65]);

test('sixteen bytes a row, with their offset and as ASCII', () => {
  expect(dumpBytes(bytes, 32, {}).map(textOf)).toEqual([
    '  32 | 47 49 46 38 39 61 3c 73  63 72 69 70 74 3e 26 22  |GIF89a<script>&"|',
    '  48 | 00 ff 41                                          |..A|',
  ]);
});

test.each([
  {
    ...{ where: 'in the middle of a row', mark: { offset: 34, length: 2 } },
    marked: ['46', '38', 'F8'],
  },
  {
    ...{ where: 'over the end of a row', mark: { offset: 47, length: 2 } },
    marked: ['22', '"', '00', '.'],
  },
  { where: 'that have no length', mark: { offset: 48, length: 0 }, marked: ['00', '.'] },
  { where: 'that are elsewhere', mark: { offset: 90, length: 1 }, marked: [] },
])('wrong bytes $where are marked on both sides', ({ mark, marked }) => {
  const wrong = dumpBytes(bytes, 32, { mark })
    .flat()
    .filter(({ kind }) => kind === 'wrong');
  expect(wrong.map(({ text }) => text)).toEqual(marked);
});

test('text in any language, with line ends, tabs and a few colours is no binary', () => {
  expect(isBinary(Buffer.from('à\tb\r\n and \u001b[1mcolours\u001b[0m'))).toBe(false);
  expect(isBinary(Buffer.from('a\0'))).toBe(true);
  expect(isBinary(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x1a]))).toBe(true);
});
