import { expect, test } from '@jest/globals';
import { DomUtils, parseDocument } from 'htmlparser2';
import { TEMPLATES } from '../../course/templates.ts';
import type { CheckResult, LabResult, Outcome } from '../../model/result.ts';
import { sumChecks } from '../../model/score.ts';
import { renderHtml } from './render-html.ts';

const FAILED: Outcome = {
  status: 'failed',
  diagnosis: { code: 'silent', proven: false, summary: 'Nothing came.' },
  hints: ['A question.', 'What is meant.', 'Nearly the answer.'],
  transcript: [],
};

function makeResult(...outcomes: readonly Outcome[]): LabResult {
  const checks = outcomes.map((outcome, index): CheckResult => ({
    ...{ id: `echo_server/check-${String(index + 1)}`, title: 'echoes', points: 2, bonus: false },
    ...{ earned: outcome.status === 'passed' ? 2 : 0, durationMs: 1, outcome },
  }));
  const points = sumChecks(checks);
  return {
    ...{ schema: 'wiregrade/result/1', lab: 'week02', title: 'a server', seed: 7 },
    ...{ startedAt: '2026-10-02T06:00:00.000Z', durationMs: 1500, points },
    grader: { version: '0.1.0', node: 'v20.19.0', platform: 'linux', sandbox: 'none' },
    submission: { id: 'x', path: 'labs/week02' },
    stages: [
      {
        ...{ id: 'echo_server', title: 'sends back', status: 'graded', durationMs: 1 },
        ...{ points, remarks: [], checks },
      },
    ],
  };
}

/** The text of the page, without white space that means nothing, from this heading on. */
function read(result: LabResult, tag: string): readonly string[] {
  const html = renderHtml(result, {
    ...{ templates: TEMPLATES, goOn: 'npm run next week02' },
    again: (stage) => `npm run grade week02 ${stage}`,
  });
  const page = parseDocument(html);
  const found = DomUtils.filter(
    (node) => 'attribs' in node && (node.name === tag || node.attribs.class === tag),
    page,
  );
  return found.map((each) => DomUtils.textContent(each).replace(/\s+/g, ' ').trim());
}

test('the score comes first, and what is to be read next', () => {
  expect(read(makeResult({ status: 'passed' }, FAILED), 'header')).toEqual([
    'labs/week02 week02: a server 2 of 4 points 1 of 2 checks passed. What happened where one failed, and what to try, is told below.',
  ]);
});

test('each check is told with its outcome, and none that is not the student’s fault costs points', () => {
  const result = makeResult(
    { status: 'passed' },
    { status: 'passed', remarks: ['It is slow.'] },
    FAILED,
    { status: 'skipped', because: 'it builds on check-3' },
    { status: 'not-judged', because: 'no process' },
    { status: 'broken', error: 'no port is free' },
  );
  expect(read(result, 'checks').join('').replaceAll('echo_server/', '')).toBe(
    [
      ...['passed 2/2 check-1 echoes', 'passed, with a remark 2/2 check-2 echoes'],
      ...['failed 0/2 check-3 echoes', 'skipped 0/2 check-4 echoes'],
      ...['not judged –/2 check-5 echoes', 'the grader broke –/2 check-6 echoes'],
    ].join(' '),
  );
  expect(read(result, 'score')).toEqual(['4 of 8 points']);
  expect(read(result, 'header')[0]).toContain('This is not your bug, and it costs you nothing');
  expect(read(result, 'h2')).toEqual([
    ...['Stages', 'What failed', 'The grader broke here', 'Skipped', 'Not judged', 'Remarks'],
    'About this grading',
  ]);
});

test('what is only likely is not told as a fact, and each hint is folded by itself', () => {
  const result = makeResult(FAILED);
  expect(read(result, 'summary').slice(1)).toEqual([
    ...['Possibly: Nothing came.', 'Hint 1 of 3', 'Hint 2 of 3', 'Hint 3 of 3'],
  ]);
});

test('where all that was begun is right, it says how to go on', () => {
  const { stages, ...result } = makeResult({ status: 'passed' });
  const [stage] = stages;
  if (!stage) throw new Error('there is no stage');
  const todo = { ...stage, id: 'http_serve1', status: 'not-started', checks: [] } as const;
  const begun = read({ ...result, stages: [stage, todo] }, 'header');
  expect(begun[0]).toMatch(/Next: npm run next week02$/);
  // There is nothing yet that could be copied.
  const first = read({ ...result, stages: [{ ...todo, program: 'http_serve1.py' }] }, 'header');
  expect(first[0]).toMatch(/Next: write http_serve1\.py$/);
  const done = read({ ...result, stages }, 'header');
  expect(done[0]).toMatch(/Everything that was asked for works\. Well done!$/);
});

test('a long list is folded, so that it does not bury what follows', () => {
  const skipped = Array.from({ length: 9 }, (): Outcome => ({
    status: 'skipped',
    because: 'it builds on another',
  }));
  expect(read(makeResult(...skipped), 'summary')).toContain('All 9 checks');
  expect(read(makeResult(...skipped.slice(1)), 'summary')).not.toContain('All 8 checks');
});
