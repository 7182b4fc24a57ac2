import { describe, expect, test } from '@jest/globals';
import type { LabResult } from '../model/result.ts';
import { makeHostileClass } from '../testing/hostile-class.ts';
import { renderHints } from './hints.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { DRAWN, PLAIN, renderAll } from './voice.ts';

// Each result is full of one hostile string: in summaries, bytes, captions, output, notes, remarks,
// errors, and the names of programs.
const results = [...makeHostileClass().results.values()];

const options = (width: number): TerminalOptions => ({
  ...{ color: false, width, detail: 'all' },
  again: () => 'npm run grade week02',
  hint: () => 'npm run hint week02',
  replay: () => 'npm run replay week02',
  goOn: 'npm run next week02',
  ruleOf: () => undefined,
});

/** Whatever could move a cursor, reorder a line, hide in it, or cover those around it. */
const UNSAFE = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\p{M}{6}/u;

/** Commands are pasted, and places clicked: they stay in one line. */
const isOneLine = (line: string): boolean =>
  /^ +(?:try {3})?(?:npm run|curl|printf|in) /.test(line);

describe.each([40, 60, 80, 100])('a report of %d columns', (width) => {
  test('keeps within them, and shows nothing hostile as it is', () => {
    for (const result of results) {
      const lines = renderAll(DRAWN, result, options(width)).split('\n');
      expect(lines.find((line) => UNSAFE.test(line))).toBeUndefined();
      expect(lines.find((line) => line.length > width && !isOneLine(line))).toBeUndefined();
    }
  });
});

describe('a plain report', () => {
  test('shows nothing hostile as it is, and no empty line', () => {
    for (const result of results) {
      const lines = renderAll(PLAIN, result, options(80)).trimEnd().split('\n');
      expect(lines.find((line) => UNSAFE.test(line))).toBeUndefined();
      expect(lines.find((line) => line === '' || line.startsWith(' '))).toBeUndefined();
    }
  });
});

describe.each([true, false])('hints, plain or not: %s', (plain) => {
  test('show nothing hostile as it is', () => {
    for (const { check, outcome } of results.flatMap(failuresOf)) {
      const view = { check, outcome, folder: '.', level: 3, more: 'more', again: 'again' };
      const lines = renderHints(view, { width: 60, plain }).split('\n');
      expect(lines.find((line) => UNSAFE.test(line))).toBeUndefined();
      const long = lines.find((line) => line.length > 60 && !isOneLine(line));
      if (!plain) expect(long).toBeUndefined();
    }
  });
});

function failuresOf({ stages }: LabResult) {
  return stages
    .flatMap(({ checks }) => checks)
    .flatMap((check) =>
      check.outcome.status === 'failed' ? [{ check, outcome: check.outcome }] : [],
    );
}
