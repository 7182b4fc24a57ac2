import type { CheckResult, StageResult } from './result.ts';

/** How many failures a report tells: the first that costs points, or each. */
export type FailuresShown = 'first' | 'all';

/** Chooses the failures that a report tells; those that cost points come before a bonus. */
export function chooseShown(
  stages: readonly Pick<StageResult, 'checks'>[],
  shown: FailuresShown,
): readonly CheckResult[] {
  const failed = stages
    .flatMap(({ checks }) => checks)
    .filter(({ outcome }) => outcome.status === 'failed');
  if (shown === 'all') return failed;
  const [first] = [...failed].sort((a, b) => Number(a.bonus) - Number(b.bonus));
  return first ? [first] : [];
}
