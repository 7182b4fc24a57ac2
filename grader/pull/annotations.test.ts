import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../lab/random.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { CheckResult, LabResult, Outcome } from '../model/result.ts';
import { sumChecks } from '../model/score.ts';
import { makeResult } from '../testing/believable-result.ts';
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

test('names the place of each failure, what was tried in vain, and what the grader broke', () => {
  const source = { file: 'http_serve2/http_serve2.ts', line: 12, column: 1 };
  const broken: Outcome = { status: 'broken', error: 'no memory' };
  const checks = [makeCheck('a', fail({ source })), makeCheck('b', fail()), makeCheck('c', broken)];
  const record = makeRecord();
  const lines = renderAnnotations({
    ...record,
    labs: record.labs.map((lab) => ({ ...lab, result: resultOf(checks) })),
  });
  expect(lines.split('\n')).toEqual([
    '::error file=labs/week02/http_serve2/http_serve2.ts,line=12,col=1,title=http_serve2/a%3A A::100%25 wrong.%0AIt is in http_serve2/http_serve2.ts:12:1%0AHint: What is it?%0ANext: npm run grade week02 http_serve2',
    '::error file=labs/week02/http_serve2/http_serve2.ts,title=http_serve2/b%3A A::100%25 wrong.%0AHint: What is it?%0ANext: npm run grade week02 http_serve2',
    '::warning title=http_serve2/c%3A A::The grader broke here. This is not your bug, and it costs you nothing.',
    '::warning title=Changed%2C and without effect::grader/cli.ts',
    '::error title=wiregrade%3A failed::Not complete yet.',
    '',
  ]);
});

function fail(known: Pick<Diagnosis, 'source'> = {}): Outcome {
  const diagnosis = { code: 'lf-only', proven: true, summary: '100% wrong.', ...known } as const;
  return { status: 'failed', diagnosis, hints: ['What is it?'], transcript: [] };
}

function makeCheck(id: string, outcome: Outcome): CheckResult {
  const facts = { title: 'A', points: 1, bonus: false, earned: 0, durationMs: 1 };
  return { id: `http_serve2/${id}`, ...facts, outcome };
}

function resultOf(checks: readonly CheckResult[]): LabResult {
  const points = sumChecks(checks);
  const program = 'http_serve2/http_serve2.ts';
  const stage = { id: 'http_serve2', title: 'S', status: 'graded', durationMs: 1 } as const;
  return {
    ...makeResult('week02', 50, seededRandom(1, 'record')),
    submission: { id: 'week02', path: 'labs/week02' },
    stages: [{ ...stage, program, points, remarks: [], checks }],
  };
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
      for (const key of keys) expect(['file', 'line', 'col', 'title']).toContain(key);
      expect(message).not.toMatch(/\p{Cc}/u);
    }
  });

  test('is obeyed nowhere within the log', () => {
    expect(obeyedCommands(quoteLog(text, 'f00d'))).toEqual([]);
  });
});
