import type { CheckResult, LabResult } from '../model/result.ts';
import { chooseShown, type FailuresShown } from '../model/shown-failures.ts';

/** How much is told: the table alone, the first failure, or all of them. */
export type Detail = 'brief' | FailuresShown;

/** The failures that a report tells of. */
export function chooseFailures(
  { stages }: Pick<LabResult, 'stages'>,
  detail: Detail,
): readonly CheckResult[] {
  return detail === 'brief' ? [] : chooseShown(stages, detail);
}
