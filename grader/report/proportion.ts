import type { CheckResult } from '../model/result.ts';
import { isJudged, sumChecks } from '../model/score.ts';

/**
 * The score for a tool that has the most that can be had written down elsewhere, so that what was not
 * judged would weigh against the student: the required points, as though the rest had gone like what
 * was judged, and the bonus on top. Two decimals.
 *
 * @returns undefined where nothing that is required was judged: then there is no score
 */
export function scoreInProportion(checks: readonly CheckResult[]): number | undefined {
  const { earned, possible, bonusEarned } = sumChecks(checks);
  const asked = sumAsked(checks);
  if (possible === 0) return asked === 0 && checks.some(wasJudged) ? bonusEarned : undefined;
  return Math.round(((earned * asked) / possible + bonusEarned) * 100) / 100;
}

/** The required points of all checks, judged or not. */
export function sumAsked(checks: readonly CheckResult[]): number {
  return checks.reduce((sum, { bonus, points }) => (bonus ? sum : sum + points), 0);
}

/**
 * The checks for a tool that knows right and wrong and nothing between: those that were judged, but
 * no bonus that was not earned, since nobody needs one to pass.
 */
export function listDecided(checks: readonly CheckResult[]): readonly CheckResult[] {
  return checks.filter(
    (check) => wasJudged(check) && (!check.bonus || check.outcome.status === 'passed'),
  );
}

function wasJudged({ outcome }: CheckResult): boolean {
  return isJudged(outcome);
}
