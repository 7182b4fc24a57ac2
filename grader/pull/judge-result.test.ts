import { describe, expect, test } from '@jest/globals';
import type { CheckResult, LabResult, Outcome, StageResult } from '../model/result.ts';
import { sumChecks, sumPoints } from '../model/score.ts';
import { judgeResult } from './judge-result.ts';
import { readRequirement } from './requirement.ts';

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  passed: { status: 'passed' },
  skipped: { status: 'skipped', because: 'x' },
  failed: {
    ...({ status: 'failed', hints: [], transcript: [] } as const),
    diagnosis: { code: 'lf-only', proven: true, summary: 'x' },
  },
  'not-judged': { status: 'not-judged', because: 'x' },
  broken: { status: 'broken', error: 'x' },
};

/** A check of 10 points; in brackets it is a bonus. */
function makeCheck(stage: string, word: string, index: number): CheckResult {
  const bonus = word.startsWith('(');
  const outcome = OUTCOMES[word.replace(/[()]/g, '')] ?? OUTCOMES.skipped ?? { status: 'passed' };
  const earned = outcome.status === 'passed' ? 10 : 0;
  const id = `${stage}/${String(index)}`;
  return { id, title: 'T', points: 10, bonus, earned, durationMs: 1, outcome };
}

function makeStage(id: string, words: string): StageResult {
  const isLeft = words === 'not-started' || words === 'missing';
  const checks = (isLeft ? ['skipped'] : words.split(' ')).map((word, index) =>
    makeCheck(id, word, index),
  );
  const status = isLeft ? words : 'graded';
  return { id, title: 'T', status, durationMs: 1, points: sumChecks(checks), remarks: [], checks };
}

function makeResult(stages: Readonly<Record<string, string>>): LabResult {
  const made = Object.entries(stages).map(([id, words]) => makeStage(id, words));
  return {
    ...({ schema: 'wiregrade/result/1', lab: 'week02', title: 'T', seed: 1 } as const),
    ...{ startedAt: '2026-10-02T06:00:00.000Z', durationMs: 1 },
    grader: { version: '1', node: 'v20', platform: 'linux', sandbox: 'bwrap' },
    submission: { id: 'week02', path: 'labs/week02' },
    points: sumPoints(made.map(({ points }) => points)),
    stages: made,
  };
}

const LABS = [{ stages: ['a', 'b', 'c'].map((id) => ({ ...STAGE(), id })) }];

function STAGE() {
  return { id: '', title: '', checks: [], given: false, folder: '.', plant: () => ({}) };
}

function judge(require: string, stages: Readonly<Record<string, string>>): string {
  const { verdict, reason } = judgeResult(makeResult(stages), readRequirement(require, LABS));
  return `${verdict}: ${reason}`;
}

describe('all', () => {
  test.each([
    [
      'what is started is complete',
      { a: 'passed', b: 'passed (skipped)', c: 'not-started' },
      'passed: Complete: a, b.',
    ],
    [
      'one is not',
      { a: 'passed', b: 'passed skipped', c: 'not-started' },
      'failed: Not complete yet: b.',
    ],
    [
      'what cannot be judged counts on neither side',
      { a: 'passed not-judged' },
      'passed: Complete: a.',
    ],
    ['nothing is started', { a: 'not-started', b: 'missing' }, 'passed: No stage is started yet.'],
    [
      'a check broke',
      { a: 'passed', b: 'broken' },
      'broken: The grader broke at b/0, which is not your bug; have it run again.',
    ],
    ['a bonus broke', { a: 'passed (broken)' }, 'passed: Complete: a.'],
    [
      'a check broke, and those behind it were not judged',
      { a: 'passed', b: 'broken not-judged (skipped)' },
      'broken: The grader broke at b/0, which is not your bug; have it run again.',
    ],
    ['a bonus broke where one is not', { a: '(broken) failed' }, 'failed: Not complete yet: a.'],
    [
      'a check broke where another failed, so that grading again cannot help',
      { a: 'passed', b: 'broken not-judged', c: 'failed skipped' },
      'failed: Not complete yet: c.',
    ],
  ])('%s', (_, stages, expected) => {
    expect(judge('all', stages)).toBe(expected);
  });
});

describe('stages', () => {
  test.each([
    [
      'they are complete, and others not',
      { a: 'passed', b: 'passed', c: 'skipped' },
      'passed: Complete: a, b.',
    ],
    [
      'one is not started',
      { a: 'passed', b: 'not-started' },
      'failed: Not complete yet: b (not started).',
    ],
    ['one is missing', { a: 'missing', b: 'passed' }, 'failed: Not complete yet: a (no program).'],
    [
      'one broke, and another is not started',
      { a: 'broken', b: 'not-started' },
      'failed: Not complete yet: b (not started).',
    ],
    ['another one broke', { a: 'passed', b: 'passed', c: 'broken' }, 'passed: Complete: a, b.'],
    ['the lab has none of them', { d: 'passed', e: 'not-started' }, 'passed: Complete: d.'],
  ])('%s', (_, stages, expected) => {
    expect(judge('a, b', stages)).toBe(expected);
  });
});

describe('points', () => {
  test.each([
    [
      'enough, with the bonus',
      { a: 'passed', b: '(passed) skipped' },
      'passed: It has 20 points; 20 are needed.',
    ],
    ['too few', { a: 'passed', b: 'skipped' }, 'failed: It has 10 points; 20 are needed.'],
    [
      'too few because something broke',
      { a: 'passed', b: 'broken' },
      'broken: The grader broke at b/0, which is not your bug; have it run again.',
    ],
    [
      'too few, whatever it is that broke',
      { a: 'skipped skipped', b: 'broken' },
      'failed: It has 0 points; 20 are needed.',
    ],
    [
      'enough all the same',
      { a: 'passed passed', b: 'broken' },
      'passed: It has 20 points; 20 are needed.',
    ],
  ])('%s', (_, stages, expected) => {
    expect(judge('points:20', stages)).toBe(expected);
  });
});

test.each(['', 'every', 'points:', 'points:-1', 'points:1.5', 'a,,b', 'a,x'])(
  '%j is refused, with what could have been meant',
  (text) => {
    expect(() => readRequirement(text, LABS)).toThrow(/write all, points:N, or stages of a, b, c/);
  },
);
