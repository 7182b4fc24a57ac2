import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { quoteForShell } from './quote-for-shell.ts';

test.each([
  ...['labs/week02', '', "/home/o'brien/x", '$HOME `id` "x" \\ !', 'a\nb', "''", '--only'],
  ...['~', '*', '#', 'ä'],
])('a shell takes %j as the one word that it was', (word) => {
  const script = `printf '%s|' ${quoteForShell(word)}`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(`${word}|`);
});

test('what needs no quotes has none', () => {
  expect(quoteForShell('py=/opt/python3.12')).toBe('py=/opt/python3.12');
});
