import type { CheckResult, LabResult } from '../model/result.ts';

/** How much is told: the table alone, the first failure, or all of them. */
export type Detail = 'brief' | 'first' | 'all';

/** The failures that a report tells of. The first is a required one, where there is one. */
export function chooseFailures(
  { stages }: Pick<LabResult, 'stages'>,
  detail: Detail,
): readonly CheckResult[] {
  if (detail === 'brief') return [];
  const checks = stages.flatMap((stage) => stage.checks);
  const failed = checks.filter(({ outcome }) => outcome.status === 'failed');
  if (detail === 'all') return failed;
  return [...failed].sort((a, b) => Number(a.bonus) - Number(b.bonus)).slice(0, 1);
}
