import { describe, expect, it } from '@jest/globals';
import { quoteLine } from '../run/quote-line.ts';
import { drawSource, namePlace } from './draw-source.ts';

const PLACE = { file: 'a/a.ts', line: 7, column: 1 };

/** The character above the first caret. */
function above([text = '', marks = '']: readonly string[]): string {
  return text.charAt(marks.indexOf('^'));
}

describe('a line of source', () => {
  it('has the place and the carets under what is meant', () => {
    const quote = quoteLine("listen(50000, 'x')", { column: 8, length: 5, caption: 'always' });
    const source = { ...PLACE, act: 'listened' as const, ...(quote && { quote }) };
    expect(namePlace(source, 'labs/')).toBe('listens in labs/a/a.ts:7:1');
    expect(drawSource(source, 60)).toEqual([
      "   7 | listen(50000, 'x')",
      '     |        ^^^^^ always',
    ]);
  });

  it.each([1, 5, 100, 101, 150, 298, 300])(
    'of 300 columns is cut around the caret at column %i, whatever the width',
    (column) => {
      const line = `${'-'.repeat(column - 1)}X${'-'.repeat(300 - column)}`;
      const quote = quoteLine(line, { column });
      for (const width of [40, 60, 80, 120]) {
        const drawn = drawSource({ ...PLACE, ...(quote && { quote }) }, width);
        expect(above(drawn)).toBe('X');
        expect(Math.max(...drawn.map((row) => row.length))).toBeLessThanOrEqual(width);
      }
    },
  );

  it('keeps the caret in its place behind tabs, escapes and wide characters', () => {
    const tabs = quoteLine('\t\tx = 1', { column: 3 });
    expect(above(drawSource({ ...PLACE, ...(tabs && { quote: tabs }) }, 80))).toBe('x');
    const hostile = quoteLine('"\u001b[2J\u202e" x', { column: 9 });
    expect(hostile?.text).toBe('"\\u001b[2J\\u202e" x');
    expect(above(drawSource({ ...PLACE, ...(hostile && { quote: hostile }) }, 80))).toBe('x');
    const wide = quoteLine('"東京" x', { column: 6 });
    expect(drawSource({ ...PLACE, ...(wide && { quote: wide }) }, 80)[1]).toBe('     |        ^');
  });

  it('is not quoted where there is no such place', () => {
    expect(quoteLine('abc', { column: 5 })).toBeUndefined();
    expect(quoteLine('   ', { column: 1 })).toBeUndefined();
  });
});
