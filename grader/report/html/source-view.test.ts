import { expect, test } from '@jest/globals';
import { textOf } from '../line.ts';
import { viewSource } from './source-view.ts';

const PLACE = { file: 'http_serve2/http_serve2.ts', line: 12, column: 14 };

test('a place without its line is told in words', () => {
  expect(viewSource(PLACE)).toEqual({ label: 'In http_serve2/http_serve2.ts:12:14', lines: [] });
});

test('a line is quoted with carets below what is meant', () => {
  const quote = { text: '  socket.end(`OK\\n`)', from: 14, length: 4, caption: 'sent byte 15' };
  const { label, lines } = viewSource({ ...PLACE, act: 'sent', quote });
  expect(label).toBe('Sent by http_serve2/http_serve2.ts:12:14');
  expect(lines.map(textOf)).toEqual([
    '  12 |   socket.end(`OK\\n`)',
    '     |               ^^^^ sent byte 15',
  ]);
  expect(lines[0]?.find(({ kind }) => kind === 'wrong')?.text).toBe('OK\\n');
});

test('what would move the caret or the reader is shown as it is', () => {
  const quote = { text: '\ta\u202e("x")', from: 1, length: 2 };
  const { lines } = viewSource({ ...PLACE, act: 'listened', quote });
  expect(lines.map(textOf)).toEqual(['  12 |  a\\u202e("x")', '     |  ^^^^^^^']);
});
