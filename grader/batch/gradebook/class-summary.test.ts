import { expect, test } from '@jest/globals';
import type { BatchRecord, BatchTitle, GradedCheck } from '../../model/gradebook.ts';
import { summarizeClass } from './class-summary.ts';
import { renderSummary } from './summary.ts';

const check = { title: 'does a thing', bonus: false };
const TITLE: BatchTitle = {
  ...{ lab: 'week02', title: 'a lab', sandbox: 'bwrap' },
  stages: [
    {
      ...{ id: 'one', title: 'the first' },
      checks: [
        { ...check, id: 'one/a', points: 10 },
        { ...check, id: 'one/b', points: 20 },
      ],
    },
    { id: 'two', title: 'the second', checks: [{ ...check, id: 'two/c', points: 70 }] },
  ],
  possible: { earned: 0, possible: 100, bonusEarned: 0, bonusPossible: 0 },
};

type Letters = readonly [string, string, string];
const WORTH = { 'one/a': 10, 'one/b': 20, 'two/c': 70 };

/** @param letters for each check: p(assed), f(ailed), s(kipped), n(ot judged) */
function graded(id: string, letters: Letters, penalty = 0): BatchRecord {
  const checks = Object.entries(WORTH).map(([name, worth], index): GradedCheck => {
    const letter = letters[index];
    if (letter === 'p') return { id: name, status: 'passed', earned: worth };
    if (letter === 's') return { id: name, status: 'skipped', earned: 0 };
    if (letter === 'n') return { id: name, status: 'not-judged', earned: 0 };
    return { id: name, status: 'failed', earned: 0, code: index === 0 ? 'lf-only' : 'silent' };
  });
  const earned = checks.reduce((sum, each) => sum + each.earned, 0);
  const points = { earned, possible: 100, bonusEarned: 0, bonusPossible: 0 };
  const stages = ['one', 'two'].map((stage) => ({
    ...{ id: stage, status: 'graded' as const, points },
    checks: checks.filter((each) => each.id.startsWith(stage)),
  }));
  return record(id, {
    status: 'graded',
    grade: { points, penalty, final: earned - penalty, stages },
  });
}

function record(id: string, outcome: BatchRecord['outcome']): BatchRecord {
  return {
    schema: 'wiregrade/batch-record/1',
    student: { id, name: id, email: '', section: '' },
    ...{ source: '', key: '', gradedAt: '2026-10-02T06:00:00.000Z', outcome, history: [] },
  };
}

const before = {
  ...{ gradedAt: '2026-09-01T06:00:00.000Z', key: '' },
  grade: {
    points: { earned: 60, possible: 100, bonusEarned: 0, bonusPossible: 0 },
    ...{ penalty: 0, final: 60, stages: [] },
  },
};
const CLASS: readonly BatchRecord[] = [
  graded('ann', ['p', 'p', 'p']),
  graded('bob', ['p', 'p', 'f'], 5),
  graded('__proto__', ['p', 'f', 's']),
  graded('dan', ['f', 's', 'n']),
  record('eve', { status: 'nothing', reason: 'no commit' }),
  record('flo', { status: 'refused', reason: 'a link' }),
  record('gus', { status: 'broken', reason: 'no network' }),
  record('hal', { status: 'broken', reason: 'no network', stands: before }),
];

test('agrees with a calculation by hand', () => {
  const summary = summarizeClass(TITLE, CLASS);
  expect(summary.statuses).toEqual([
    { status: 'graded', students: 4 },
    { status: 'graded before', students: 1 },
    { status: 'nothing', students: 1 },
    { status: 'refused', students: 1 },
    { status: 'broken', students: 1 },
  ]);
  // 100 25 10 0, and 60 from before.
  expect(summary.final).toMatchObject({ count: 5, mean: 39, median: 25, min: 0, max: 100 });
  expect(summary.final).toMatchObject({ lowerQuartile: 10, upperQuartile: 60 });
  expect(summary.finalOfAll).toMatchObject({ count: 7, mean: 195 / 7, median: 10 });
  expect(summary.histogram.map(({ count }) => count)).toEqual([1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test('counts what became of each check, and how well it tells students apart', () => {
  const [a, b, c] = summarizeClass(TITLE, CLASS).checks;
  expect(a).toMatchObject({ passed: 3, failed: 1, skipped: 0, passRate: 0.75, failRate: 0.25 });
  expect(b).toMatchObject({ passed: 2, failed: 1, skipped: 1, skipRate: 0.25 });
  expect(c).toMatchObject({ passed: 1, failed: 1, skipped: 1, unjudged: 1, failRate: 1 / 3 });
  // a: the others earn 90 20 0 where it passed, and 0 where not; the mean is 27.5.
  const variance = (62.5 ** 2 + 7.5 ** 2 + 27.5 ** 2 + 27.5 ** 2) / 4;
  const expected = ((110 / 3 - 0) / Math.sqrt(variance)) * Math.sqrt(0.75 * 0.25);
  expect(a?.discrimination).toBeCloseTo(expected, 12);
  // c: the others earn 30 where it passed, 30 and 10 where not.
  const deviation = Math.sqrt(800 / 9);
  expect(c?.discrimination).toBeCloseTo((10 / deviation) * Math.sqrt(2 / 9), 12);
});

test('names who has which mistake, the commonest first', () => {
  expect(summarizeClass(TITLE, CLASS).diagnoses).toEqual([
    {
      code: 'silent',
      students: ['bob', '__proto__'],
      checks: [
        { id: 'two/c', students: 1 },
        { id: 'one/b', students: 1 },
      ],
    },
    { code: 'lf-only', students: ['dan'], checks: [{ id: 'one/a', students: 1 }] },
  ]);
});

test('has no value where there is none', () => {
  const nobody = summarizeClass(TITLE, []);
  expect(nobody).toMatchObject({ students: 0, final: undefined, diagnoses: [] });
  expect(nobody.checks[0]).toMatchObject({ passRate: 0, discrimination: undefined });
  const parsed: unknown = JSON.parse(renderSummary(TITLE, []));
  expect(parsed).toMatchObject({ final: null, finalOfAll: null });
});

test('writes JSON with four decimals, and nothing in it that moves a cursor or turns a line', () => {
  const text = renderSummary(TITLE, [graded('\u202e\u009b1m\u{e0041}', ['f', 'p', 'p']), ...CLASS]);
  expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  const parsed: unknown = JSON.parse(text);
  expect(parsed).toMatchObject({
    schema: 'wiregrade/summary/1',
    statuses: { graded: 5, 'graded before': 1, nothing: 1, refused: 1, broken: 1 },
    finalOfAll: { mean: 35.625 },
    diagnoses: [{ students: ['\u202e\u009b1m\u{e0041}', 'dan'] }, { code: 'silent' }],
  });
});
