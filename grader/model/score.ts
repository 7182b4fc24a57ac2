import type { CheckResult, LabResult, Outcome, Points } from './result.ts';

/** Adds up the points of checks. One that was not judged or broke counts on neither side. */
export function sumChecks(checks: readonly CheckResult[]): Points {
  return sumPoints(checks.map(pointsOf));
}

export function sumPoints(all: readonly Points[]): Points {
  return all.reduce(
    (sum, points) => ({
      earned: sum.earned + points.earned,
      possible: sum.possible + points.possible,
      bonusEarned: sum.bonusEarned + points.bonusEarned,
      bonusPossible: sum.bonusPossible + points.bonusPossible,
    }),
    { earned: 0, possible: 0, bonusEarned: 0, bonusPossible: 0 },
  );
}

/** Whether something is known of the work: what broke, or cannot be asked, counts on neither side. */
export function isJudged({ status }: Outcome): boolean {
  return status !== 'broken' && status !== 'not-judged';
}

function pointsOf({ outcome, bonus, points, earned }: CheckResult): Points {
  const counted = isJudged(outcome) ? points : 0;
  return bonus
    ? { earned: 0, possible: 0, bonusEarned: earned, bonusPossible: counted }
    : { earned, possible: counted, bonusEarned: 0, bonusPossible: 0 };
}

/** What a grading ended in; the exit codes of the command line are 0, 1 and 3 for these. */
export type Verdict = 'passed' | 'failed' | 'broken';

/** Passed only when every required check that could be judged passed; bonuses are not required. */
export function verdictOf(result: LabResult): Verdict {
  const checks = result.stages.flatMap((stage) => stage.checks);
  if (checks.some(({ outcome }) => outcome.status === 'broken')) return 'broken';
  const required = checks.filter(({ bonus, outcome }) => !bonus && outcome.status !== 'not-judged');
  return required.every(({ outcome }) => outcome.status === 'passed') ? 'passed' : 'failed';
}
