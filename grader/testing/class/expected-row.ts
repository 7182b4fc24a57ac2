import type { Fork } from './fork.ts';

/** A row of the gradebook, by the names of its columns. */
export type GradebookRow = Readonly<Record<string, string>>;

const STAGES = [
  ...['echo_server', 'http_serve1', 'http_serve2', 'http_serve3', 'http_serve4', 'http_serve5'],
  'athome',
];

/** The row of the gradebook that a fork must get. It is worked out without the grader's own code. */
export function expectRow(fork: Fork, commits: readonly string[]): GradebookRow {
  const { id, name = '', shownName = name, graded = commits.length - 1, expected } = fork;
  const who = { id, name: shownName, email: `${id}@example.org`, section: 'A' };
  const commit = commits[graded] ?? '';
  if (expected.status !== 'graded') {
    const none = { points: '0', bonus: '0', penalty: '0', final: '0' };
    return {
      ...who,
      ...none,
      ...Object.fromEntries(STAGES.map((stage) => [stage, '0'])),
      status: expected.status,
      commit: expected.commit === 'chosen' ? commit : '',
      ...{ submitted_at: '', late_by: '', penalty_days: '' },
    };
  }
  const { stages, bonus, late } = expected;
  const points = Object.values(stages).reduce((sum, each) => sum + each, 0);
  const penalty = late?.penalty ?? 0;
  const at = fork.commits[graded]?.at ?? '';
  return {
    ...who,
    points: String(points),
    bonus: String(bonus),
    penalty: String(penalty),
    final: String(points + bonus - penalty),
    ...Object.fromEntries(STAGES.map((stage) => [stage, String(stages[stage] ?? 0)])),
    ...{ status: 'graded', commit, submitted_at: at.replace('Z', '.000Z') },
    ...{ late_by: late?.lateBy ?? '0:00', penalty_days: String(late?.days ?? 0) },
  };
}
