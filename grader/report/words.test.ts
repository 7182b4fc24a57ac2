import { expect, test } from '@jest/globals';
import { clockTime, plural, wordDuration, wordNumber, wordShare, wordTime } from './words.ts';

test.each([
  [0, '0:00', 'less than a minute'],
  [1, '0:01', '1 minute'],
  [60, '0:01', '1 minute'],
  [61, '0:02', '2 minutes'],
  [3600, '1:00', '1 hour'],
  [90_300, '25:05', '1 day, 1 hour and 5 minutes'],
  [172_800, '48:00', '2 days'],
  [360_000, '100:00', '4 days and 4 hours'],
])('%d seconds are %s, or %s', (seconds, clock, words) => {
  expect(clockTime(seconds)).toBe(clock);
  expect(wordDuration(seconds)).toBe(words);
});

test('a time is told in UTC, and what is no time is told as it is', () => {
  expect(wordTime('2026-10-01T21:59:00.000Z')).toBe('2026-10-01 21:59 UTC');
  expect(wordTime('soon')).toBe('soon');
});

test('numbers have two decimals at most', () => {
  expect([1, 0.1 + 0.2, 82.456, -3].map(wordNumber)).toEqual(['1', '0.3', '82.46', '-3']);
  expect([plural(1, 'point'), plural(1.5, 'point')]).toEqual(['1 point', '1.5 points']);
});

test('nearly all is not shown as all, and hardly any not as none', () => {
  expect([0, 0.001, 0.5, 0.667, 0.999, 1].map(wordShare)).toEqual([
    ...['0%', '<1%', '50%', '67%', '>99%', '100%'],
  ]);
});
