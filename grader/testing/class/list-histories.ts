import type { Lab } from '../../lab/check.ts';
import { IN_TIME, type ExpectedLateness, type Fork, type ForkCommit } from './fork.ts';
import { solved } from './list-works.ts';
import { fullMarks } from './marks.ts';
import { LAB, starters, within } from './works.ts';

/** What late work costs, in the class that is made. */
export const COURSE = `labs:
  ${LAB}:
    deadline: 2026-10-01T23:59:00+02:00
    grace: 30m
    penalty: 10%
    cap: 50%
    students:
      extended: { extension: 3d }
      slipping: { slip-days: 2 }
      long-extended: { extension: 2026-10-20T12:00:00+02:00 }
`;

/** No later commit is looked at. */
export const CUT_OFF = '2026-10-14T00:00:00+02:00';

/** Forks that differ by when their work was done, and where it lies. */
export function listHistories(lab: Lab): readonly Fork[] {
  const work = within(`labs/${LAB}`, solved('http_serve5'));
  const done = (at: string): ForkCommit => ({ at, files: work });
  const released: ForkCommit = {
    at: '2026-09-01T08:00:00Z',
    files: within(`labs/${LAB}`, { 'README.md': 'Read me.\n' }),
  };
  const spoilt = (at: string): ForkCommit => ({
    at,
    files: { [`labs/${LAB}/http_serve5/http_serve5.ts`]: 'process.exit(1);\n' },
  });
  const full = fullMarks(lab, 'http_serve5');
  // Full marks are 20 and 6: a tenth of 26 is 2.6, and what is left is rounded, to 23.
  const late = (lateness: ExpectedLateness): Fork['expected'] => ({ ...full, late: lateness });
  const history = (id: string, commits: readonly ForkCommit[], more: Partial<Fork> = {}): Fork => ({
    ...{ id, commits, expected: full },
    ...more,
  });
  return [
    history('on-the-minute', [released, done('2026-10-01T21:59:00Z')]),
    history('within-grace', [released, done('2026-10-01T22:29:00Z')]),
    history('a-day-late', [released, done('2026-10-01T22:29:01Z')], {
      expected: late({ penalty: 3, lateBy: '0:31', days: 1 }),
    }),
    history('two-days-late', [released, done('2026-10-03T10:00:00Z')], {
      expected: late({ penalty: 5, lateBy: '36:01', days: 2 }),
    }),
    history('capped', [released, done('2026-10-12T21:59:00Z')], {
      expected: late({ penalty: 13, lateBy: '264:00', days: 11 }),
    }),
    history('extended', [released, done('2026-10-04T21:00:00Z')]),
    history('slipping', [released, done('2026-10-04T21:00:00Z')], {
      expected: late({ penalty: 3, lateBy: '71:01', days: 1 }),
    }),
    history(
      'long-extended',
      [...[released, done('2026-10-19T21:00:00Z'), spoilt('2026-10-20T10:00:01Z')]],
      { graded: 1 },
    ),
    history(
      'rebased',
      [{ at: '2026-10-03T10:00:00Z', authoredAt: '2026-09-03T10:00:00Z', files: work }],
      { expected: late({ penalty: 5, lateBy: '36:01', days: 2 }) },
    ),
    history('spoilt-later', [released, done(IN_TIME), spoilt('2026-10-20T10:00:00Z')], {
      graded: 1,
    }),
    history('spoilt-in-time', [released, done(IN_TIME), spoilt('2026-09-30T10:00:00Z')], {
      expected: { status: 'graded', stages: {}, bonus: 0 },
    }),
    history('tagged', [released, done(IN_TIME), spoilt('2026-09-30T10:00:00Z')], {
      ...{ tags: { submitted: 1 }, ref: 'submitted', graded: 1 },
    }),
    history('tagged-after-all', [released, done('2026-10-20T21:59:00Z')], {
      ...{ tags: { late: 1 }, ref: 'late' },
      expected: late({ penalty: 13, lateBy: '456:00', days: 19 }),
    }),
    history('elsewhere', [{ at: IN_TIME, files: within('homework/two', solved('http_serve2')) }], {
      ...{ path: 'homework/two', expected: fullMarks(lab, 'http_serve2') },
    }),
    {
      ...history('beside', [{ at: IN_TIME, files: {} }]),
      ...{ shares: 'elsewhere', path: 'homework/none' },
      expected: { status: 'nothing', commit: 'chosen' },
    },
    history('named', [released, done(IN_TIME)], {
      ...{ name: '=HYPERLINK("http://localhost","O\'Neil, Zoë")' },
      shownName: '\'=HYPERLINK("http://localhost","O\'Neil, Zoë")',
    }),
    history(
      'of-a-course',
      [{ at: IN_TIME, files: within(`labs/${LAB}`, starters()) }, done(IN_TIME)],
      {
        expected: fullMarks(lab, 'echo_server', 'http_serve5'),
      },
    ),
  ];
}
