import { describe, expect, test } from '@jest/globals';
import { HOSTILE_STRINGS } from '../testing/hostile-strings.ts';
import { showLine, showLines, showText } from './show-text.ts';

test.each([
  ['José', 'José'],
  ['محمد', 'محمد'],
  ['علی\u200cرضا', 'علی\u200cرضا'],
  ['a\u200db', 'a\u200db'],
  ['1\u200d2', '1\\u200d2'],
  ['\u001b[2J', '\\u001b[2J'],
  ['gnp\u202eexe', 'gnp\\u202eexe'],
  ['half\ud83d', 'half\\u{d83d}'],
  ['\ud83d\ude00', '\ud83d\ude00'],
  ['soft\u00adhyphen\u{e0041}', 'soft\\u{ad}hyphen\\u{e0041}'],
  ['a\tb\r\nc\rd', 'a\tb\nc\\u000dd'],
  [`Z${'\u0334'.repeat(300)}!`, `Z${'\u0334'.repeat(5)}!`],
])('%j is shown as %j', (text, shown) => {
  expect(showText(text)).toBe(shown);
});

test('a million marks take no longer than a million letters', () => {
  expect(showText(`Z${'\u0334'.repeat(1_000_000)}!`)).toBe(`Z${'\u0334'.repeat(5)}!`);
});

test('a line is one line, and no longer than it may be', () => {
  expect(showLine(' a\n\tb  c ')).toBe('a b c');
  expect(showLine('x'.repeat(203), 200)).toBe(`${'x'.repeat(200)}... (3 more characters)`);
  expect(showLine('ab\ud83d\ude00', 3)).toBe('ab... (2 more characters)');
});

test('of many lines the first are shown', () => {
  expect(showLines('a\nb\nc\nd', 2)).toEqual(['a', 'b', '... (2 more lines)']);
});

describe.each(HOSTILE_STRINGS)('$name', ({ text }) => {
  test('holds nothing that a terminal or a page would act upon', () => {
    expect(showText(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(showText(text)).not.toMatch(/[\u2066-\u2069\ufeff\p{Cs}]/u);
  });
});
