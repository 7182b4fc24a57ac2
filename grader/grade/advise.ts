import type { Check } from '../lab/check.ts';
import type { Hints, Spec } from '../model/check.ts';
import type { DiagnosisCode } from '../model/diagnosis.ts';
import { DIAGNOSIS_HINTS } from './diagnosis-hints.ts';
import { DIAGNOSIS_RULES, WITHOUT_RULE } from './diagnosis-rules.ts';

/** What is said of a failure besides what happened: how to go on, and which rule it is about. */
export interface Advice {
  readonly hints: Hints;
  readonly spec?: Spec;
}

/**
 * Chooses the hints and the rule of a failure. A mistake that has a name is known better by its
 * diagnosis than by the check that met it, unless the check says that it knows more.
 */
export function adviseOn(check: Check, code: DiagnosisCode): Advice {
  const general = check.knows?.includes(code) === true ? undefined : DIAGNOSIS_HINTS[code];
  const spec = WITHOUT_RULE.has(code) ? undefined : (DIAGNOSIS_RULES[code] ?? check.spec);
  return { hints: general ?? check.hints, ...(spec && { spec }) };
}
