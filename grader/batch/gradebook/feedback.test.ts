import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../lab/random.ts';
import type { BatchOutcome, BatchRecord, Grade } from '../../model/gradebook.ts';
import type { CheckResult, LabResult } from '../../model/result.ts';
import { TITLE } from '../../testing/believable-class.ts';
import { makeResult } from '../../testing/believable-result.ts';
import { summarize } from '../summarize.ts';
import { renderFeedbackHtml } from './feedback-html.ts';
import { renderFeedbackMarkdown } from './feedback-markdown.ts';
import { viewFeedback } from './feedback-view.ts';

const whole = makeResult('ada', 50, seededRandom(7, 'feedback'));
const result = withOutcomes(whole);
const grade = summarize(result.stages, { penalty: 0 });

/** One check for each way to end, in one stage. */
function withOutcomes({ stages, ...rest }: LabResult): LabResult {
  const failed = makeFailure();
  const kept: readonly CheckResult[] = [
    failed,
    { ...failed, id: 'http_serve2/a', outcome: { status: 'skipped', because: 'it builds on b' } },
    { ...failed, id: 'http_serve2/b', outcome: { status: 'broken', error: 'no port\n  at x' } },
    { ...failed, id: 'http_serve2/c', outcome: { status: 'not-judged', because: 'no process' } },
    { ...failed, id: 'http_serve2/d', outcome: { status: 'passed', remarks: ['It is slow.'] } },
  ];
  const [stage] = stages;
  return {
    ...rest,
    stages: stage ? [{ ...stage, id: 'http_serve2', remarks: [], checks: kept }] : [],
  };
}

function makeFailure(): CheckResult {
  const results = Array.from({ length: 50 }, (_, seed) =>
    makeResult('x', 20, seededRandom(seed, 'failure')),
  );
  const checks = results.flatMap(({ stages }) => stages.flatMap((stage) => stage.checks));
  const found = checks.find(
    ({ outcome }) => outcome.status === 'failed' && outcome.diagnosis.code === 'lf-only',
  );
  if (!found) throw new Error('nobody ends a line with LF');
  return found;
}

function record(outcome: BatchOutcome, history: BatchRecord['history'] = []): BatchRecord {
  return {
    schema: 'wiregrade/batch-record/1',
    student: { id: 'ada', name: 'Ada Lovelace', email: 'ada@uni.example', section: 'A' },
    ...{ source: 'https://example.org/ada.git', commit: 'c0ffee', key: '', history, outcome },
    gradedAt: '2026-10-02T06:00:00.000Z',
  };
}

test('tells a failure whole: what came, why it matters, what to try', () => {
  const text = renderFeedbackMarkdown(TITLE, record({ status: 'graded', grade }), result);
  expect(text).toContain(
    [
      '### `http_serve2/status-line`: begins its reply with a status line',
      '',
      'Your status line ends with LF alone. HTTP lines end with CR LF.',
      '',
      'Worth 10 points; the diagnosis is `lf-only`.',
      '',
      'The bytes that came:',
      '',
      '```text',
      'byte | the answer to GET / (56 bytes)',
      '   0 | HTTP/1.1 200 OK\\n',
      '     |                ^^ byte 15 is 0a; 0d 0a was expected',
      '  16 | Content-Type: text/html\\n',
      '  40 | \\n',
      '     | ...',
      '```',
      '',
      'To see it yourself, start your server on port 50000, then send the same:',
      '',
      '```text',
      'curl -i --path-as-is "http://localhost:50000/"',
      '```',
      '',
      '**Why:** [Status Line (RFC 9112, section 4\\)](<https://www.rfc-editor.org/rfc/rfc9112#section-4>)',
      '',
      '**Hint:** What does a client expect to read first?',
      '',
      '<details><summary>Hint 2 of 3</summary>',
      '',
      'Look at the bytes, with `curl -i`, as they come.',
      '',
      '</details>',
      '',
      '<details><summary>Hint 3 of 3</summary>',
      '',
      "Write `Buffer.from('...\\r\\n')`, and count with byteLength.",
      '',
      '</details>',
      '',
      '**Next:** `npm run grade week02 http_serve2`',
    ].join('\n'),
  );
});

test('tells what broke, was skipped, not judged, or is only remarked, each for itself', () => {
  const { asides } = viewFeedback(TITLE, record({ status: 'graded', grade }), result);
  expect(asides.map(({ heading, items }) => [heading, items[0]?.id, items[0]?.text])).toEqual([
    ['The grader broke here', 'http_serve2/b', 'no port ... (1 more lines)'],
    ['Skipped', 'http_serve2/a', 'it builds on b'],
    ['Not judged', 'http_serve2/c', 'no process'],
    ['Remarks', 'http_serve2/d', 'It is slow.'],
  ]);
  expect(asides[0]?.lead).toContain('not your bug');
});

test('tells what failed though the whole result is lost', () => {
  const { asides } = viewFeedback(TITLE, record({ status: 'graded', grade }), undefined);
  expect(asides).toMatchObject([
    { heading: 'What failed', items: [{ id: 'http_serve2/status-line' }] },
  ]);
});

describe('lateness', () => {
  const times = { submittedAt: '2026-10-02T23:04:00.000Z', dueAt: '2026-10-01T21:59:00.000Z' };
  const points = { earned: 90, possible: 100, bonusEarned: 3, bonusPossible: 3 };
  const told = (
    lateness: Omit<NonNullable<Grade['lateness']>, 'submittedAt' | 'dueAt'>,
    penalty = 0,
  ) => {
    const late: Grade = {
      points,
      penalty,
      final: 93 - penalty,
      lateness: { ...times, ...lateness },
      stages: [],
    };
    return viewFeedback(TITLE, record({ status: 'graded', grade: late }), undefined);
  };

  test('is explained with what it costs', () => {
    const view = told({ lateSeconds: 90_300, penaltyDays: 1, slipDaysUsed: 1 }, 9);
    expect(view.lateness).toEqual([
      'Late by 1 day, 1 hour and 5 minutes. It was submitted 2026-10-02 23:04 UTC, and was due 2026-10-01 21:59 UTC.',
      '1 slip day went into that.',
      'It counts as 1 day late, which takes off 9 points.',
    ]);
    expect(view.score).toBe('84 of 100 points');
    expect(view.sum.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      ...['Points: 90 of 100', 'Bonus: 3 of 3', 'Taken off for being late: \u22129', 'Final: 84'],
    ]);
  });

  test('that is forgiven takes off nothing', () => {
    const { lateness } = told({ lateSeconds: 60, penaltyDays: 0, slipDaysUsed: 0 });
    expect(lateness.at(-1)).toBe('That takes off nothing.');
  });

  test('is none where it was in time', () => {
    const { lateness } = told({ lateSeconds: 0, penaltyDays: 0, slipDaysUsed: 0 });
    expect(lateness).toHaveLength(1);
    expect(lateness[0]).toMatch(/^In time\. /);
  });
});

describe.each(['Markdown', 'HTML'])('in %s', (format) => {
  const render = format === 'HTML' ? renderFeedbackHtml : renderFeedbackMarkdown;
  const points = { earned: 61, possible: 100, bonusEarned: 0, bonusPossible: 3 };
  const grade: Grade = { points, penalty: 0, final: 61, stages: [] };
  const stands = { gradedAt: '2026-09-20T06:00:00.000Z', key: '', grade };

  test.each([
    ['nothing', undefined, ['0 of 100 points', 'nothing to grade', 'for a reason']],
    ['refused', undefined, ['0 of 100 points', 'may not be taken in', 'for a reason']],
    ['broken', undefined, ['No grade yet', 'This is not your bug', 'for a reason']],
    ['broken', stands, ['61 of 100 points', 'This is not your bug', '2026-09-20 06:00 UTC']],
  ] as const)('work that is %s is told of in plain words', (status, stood, words) => {
    const outcome = { status, reason: 'for a reason', ...(stood && { stands: stood }) };
    const text = render(TITLE, record(outcome), undefined);
    for (const each of words) expect(text).toContain(each);
    expect(text).not.toContain('What failed');
  });
});
