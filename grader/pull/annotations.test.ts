import { describe, expect, test } from '@jest/globals';
import { makeHostileRecord, makeRecord } from '../testing/hostile-record.ts';
import { HOSTILE_STRINGS } from '../testing/hostile-strings.ts';
import { obeyedCommands } from '../testing/obeyed-commands.ts';
import { renderAnnotations } from './annotations.ts';
import { quoteLog } from '../report/github/quote-log.ts';

/** Reads a command as the runner does. */
function readCommand(line: string) {
  const [, info = '', message = ''] = /^::(.*?)::(.*)$/.exec(line) ?? [];
  const [name = '', ...rest] = info.split(' ');
  const properties = rest.join(' ').split(',');
  return { name, keys: properties.map((each) => each.split('=')[0]), message };
}

test('names the file and the line of a failure, and what was tried in vain', () => {
  const record = makeRecord();
  const [lab] = record.labs;
  const lines = renderAnnotations({
    ...record,
    labs: lab?.result ? [{ ...lab, result: withOneFailure(lab.result) }] : [],
  });
  expect(lines.split('\n')).toEqual([
    '::error file=labs/week02/http_serve2/http_serve2.ts,line=12,title=http_serve2/a::100%25 wrong.%0AWhat is it?',
    '::warning title=Changed%2C and without effect::grader/cli.ts',
    '::error title=wiregrade%3A failed::Not complete yet.',
    '',
  ]);
});

function withOneFailure<Result extends { readonly stages: readonly object[] }>(result: Result) {
  const diagnosis = {
    ...({ code: 'lf-only', proven: true, summary: '100% wrong.' } as const),
    source: { file: 'http_serve2/http_serve2.ts', line: 12, column: 1 },
  };
  const outcome = { status: 'failed', diagnosis, hints: ['What is it?'], transcript: [] } as const;
  const check = { id: 'http_serve2/a', title: 'A', points: 1, bonus: false, earned: 0 };
  const points = { earned: 0, possible: 1, bonusEarned: 0, bonusPossible: 0 };
  const stage = { id: 'http_serve2', title: 'S', status: 'graded', durationMs: 1 } as const;
  const checks = [{ ...check, durationMs: 1, outcome }];
  return { ...result, stages: [{ ...stage, points, remarks: [], checks }] };
}

test('says that it passed as a notice', () => {
  const record = makeRecord({ verdict: 'passed', labs: [], ignored: { paths: [], more: 0 } });
  expect(renderAnnotations(record)).toBe('::notice title=wiregrade%3A passed::Not complete yet.\n');
});

describe.each(HOSTILE_STRINGS)('$name', ({ text }) => {
  test('stays within the annotations', () => {
    const lines = renderAnnotations(makeHostileRecord(text))
      .trimEnd()
      .split(/\r\n|[\r\n]/);
    expect(lines.length).toBeLessThanOrEqual(11);
    for (const { name, keys, message } of lines.map(readCommand)) {
      expect(['error', 'warning']).toContain(name);
      for (const key of keys) expect(['file', 'line', 'title']).toContain(key);
      expect(message).not.toMatch(/\p{Cc}/u);
    }
  });

  test('is obeyed nowhere within the log', () => {
    expect(obeyedCommands(quoteLog(text, 'f00d'))).toEqual([]);
  });
});
