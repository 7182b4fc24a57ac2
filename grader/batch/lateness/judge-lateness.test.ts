import { describe, expect, test } from '@jest/globals';
import { judgeLateness } from './judge-lateness.ts';
import { NO_POLICY, type LatePolicy } from './policy.ts';

const deadline = new Date('2026-10-01T23:59:00+02:00');

const policy: LatePolicy = {
  ...NO_POLICY,
  deadline,
  graceSeconds: 15 * 60,
  perDay: { unit: 'percent', percent: 10 },
};

const HOUR = 3600;
const DAY = 24 * HOUR;

/** When a work was done, in seconds after the deadline. */
function after(seconds: number): string {
  return new Date(deadline.getTime() + seconds * 1000).toISOString();
}

/** What 100 points lose, and for how many days. */
function judge(
  change: Partial<LatePolicy>,
  lateBy: number,
  { student = 'ann', earned = 100 } = {},
): readonly [number, number | undefined] {
  const work = { student, submittedAt: after(lateBy), earned };
  const { penalty, lateness } = judgeLateness({ ...policy, ...change }, work);
  return [penalty, lateness?.penaltyDays];
}

describe('the days of a late work', () => {
  test.each([
    ['long before', -DAY, 0],
    ['exactly in time', 0, 0],
    ['within the grace', 10 * 60, 0],
    ['at the end of the grace', 15 * 60, 0],
    ['a second after the grace', 15 * 60 + 1, 1],
    ['at the end of a day', DAY, 1],
    ['within the grace of a day', DAY + 15 * 60, 1],
    ['a second after that', DAY + 15 * 60 + 1, 2],
    ['a week', 7 * DAY, 7],
    // In Europe the clocks went back on 2026-10-25: that day had 25 hours.
    ['24 days and a minute, over the end of summer time', 24 * DAY + 16 * 60, 25],
  ])('%s', (_, lateBy, days) => {
    expect(judge({}, lateBy)).toEqual([Math.min(100, days * 10), days]);
  });

  test('are counted from the deadline where there is no grace', () => {
    expect(judge({ graceSeconds: 0 }, 1)).toEqual([10, 1]);
    expect(judge({ graceSeconds: 0 }, 0)).toEqual([0, 0]);
  });
});

interface Expected {
  readonly earned: number;
  readonly penalty: number;
}

describe('the penalty', () => {
  test.each([
    ['points for a day', { perDay: { unit: 'points', points: 7 } }, { earned: 100, penalty: 21 }],
    [
      'never more than what was earned',
      { perDay: { unit: 'points', points: 40 } },
      { earned: 100, penalty: 100 },
    ],
    [
      'never more than 100 %',
      { perDay: { unit: 'percent', percent: 60 } },
      { earned: 100, penalty: 100 },
    ],
    ['a cap in percent', { cap: { unit: 'percent', percent: 25 } }, { earned: 100, penalty: 25 }],
    ['a cap in points', { cap: { unit: 'points', points: 12 } }, { earned: 100, penalty: 12 }],
    [
      'a cap that is not reached',
      { cap: { unit: 'points', points: 90 } },
      { earned: 100, penalty: 30 },
    ],
    ['a cap of nothing', { cap: { unit: 'percent', percent: 0 } }, { earned: 100, penalty: 0 }],
    ['nothing where a day costs nothing', { perDay: undefined }, { earned: 100, penalty: 0 }],
    ['nothing of nothing', {}, { earned: 0, penalty: 0 }],
    [
      'nothing of nothing, in points',
      { perDay: { unit: 'points', points: 5 } },
      { earned: 0, penalty: 0 },
    ],
    // 35 - 10.5 = 24.5, which is 25: half a point is rounded up.
    ['half a point, for the student', {}, { earned: 35, penalty: 10 }],
    ['less than half a point', {}, { earned: 34, penalty: 10 }],
    [
      'a fraction of a percent',
      { perDay: { unit: 'percent', percent: 0.7 } },
      { earned: 500, penalty: 10 },
    ],
    [
      'a half that floating point would miss',
      { perDay: { unit: 'percent', percent: 0.1 } },
      { earned: 1500, penalty: 4 },
    ],
  ] satisfies readonly (readonly [string, Partial<LatePolicy>, Expected])[])(
    '%s',
    (_, change, { earned, penalty }) => {
      expect(judge(change, 2.5 * DAY, { earned })[0]).toBe(penalty);
    },
  );

  test('is no fraction for whole points, and never makes a grade negative', () => {
    for (let earned = 0; earned <= 120; earned += 1) {
      for (const percent of [0.1, 3.3, 12.5, 33.333, 100]) {
        const [penalty] = judge({ perDay: { unit: 'percent', percent } }, 3 * DAY, { earned });
        expect(Number.isInteger(penalty)).toBe(true);
        expect(penalty).toBeGreaterThanOrEqual(0);
        expect(penalty).toBeLessThanOrEqual(earned);
      }
    }
  });
});

describe('what a student is allowed', () => {
  const students: LatePolicy['students'] = new Map([
    ['ann', { extension: { kind: 'by', seconds: 3 * DAY } }],
    ['ben', { extension: { kind: 'until', at: new Date(deadline.getTime() + 5 * DAY * 1000) } }],
    ['cy', { slipDays: 4 }],
    ['di', { extension: { kind: 'until', at: new Date(deadline.getTime() - DAY * 1000) } }],
    ['ed', { slipDays: 0 }],
  ]);

  test.each([
    ['ann', 3 * DAY, 0],
    ['ANN', 3 * DAY, 0],
    ['ann', 6 * DAY, 1],
    ['ben', 5 * DAY, 0],
    ['ben', 7 * DAY + HOUR, 1],
    ['cy', 4 * DAY, 0],
    ['cy', 5 * DAY, 1],
    ['di', -HOUR, 0],
    ['ed', 2 * DAY, 2],
    ['someone else', 2 * DAY, 0],
    ['someone else', 3 * DAY, 1],
  ])('%s, %d s late', (student, lateBy, days) => {
    expect(judge({ students, slipDays: 2 }, lateBy, { student })).toEqual([days * 10, days]);
  });
});

describe('the record of lateness', () => {
  test('says when it was due, when it was done, and what that came to', () => {
    const students: LatePolicy['students'] = new Map([
      ['ann', { extension: { kind: 'by', seconds: DAY }, slipDays: 1 }],
    ]);
    const work = { student: 'ann', submittedAt: '2026-10-05T00:00:00+02:00', earned: 50 };
    expect(judgeLateness({ ...policy, students }, work)).toEqual({
      penalty: 5,
      lateness: {
        submittedAt: '2026-10-04T22:00:00.000Z',
        dueAt: '2026-10-02T21:59:00.000Z',
        lateSeconds: 2 * DAY + 60,
        penaltyDays: 1,
        slipDaysUsed: 1,
      },
    });
  });

  test('has no late seconds within the grace', () => {
    const work = { student: 'ann', submittedAt: after(60), earned: 50 };
    expect(judgeLateness(policy, work).lateness).toMatchObject({ lateSeconds: 0, penaltyDays: 0 });
  });

  test('is left out where nothing is due', () => {
    const work = { student: 'ann', submittedAt: after(60), earned: 50 };
    expect(judgeLateness(NO_POLICY, work)).toEqual({ penalty: 0 });
  });
});
