import type { CheckResult, StageResult } from './result.ts';

/** How many failures a report tells: the first that costs points, or each. */
export type FailuresShown = 'first' | 'all';

/** How much is told: the table alone, the first failure, or all of them. */
export type Detail = 'brief' | FailuresShown;

/** Chooses the failures that a report tells; where they are all told, in the order of the lab. */
export function chooseFailures(
  stages: readonly Pick<StageResult, 'checks'>[],
  detail: Detail,
): readonly CheckResult[] {
  const checks = stages.flatMap((stage) => stage.checks);
  switch (detail) {
    case 'brief':
      return [];
    case 'first':
      return rankFailures(checks).slice(0, 1);
    case 'all':
      return checks.filter(hasFailed);
  }
}

/** The checks that failed; those that cost points come first, each kind in the order of the lab. */
export function rankFailures(checks: readonly CheckResult[]): readonly CheckResult[] {
  return putBonusLast(checks.filter(hasFailed));
}

/** Puts the checks that cost nobody points behind those that do. */
export function putBonusLast(checks: readonly CheckResult[]): readonly CheckResult[] {
  return [...checks].sort((a, b) => Number(a.bonus) - Number(b.bonus));
}

function hasFailed({ outcome }: CheckResult): boolean {
  return outcome.status === 'failed';
}
