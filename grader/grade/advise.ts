import type { Check } from '../lab/check.ts';
import type { Hints, Spec } from '../model/check.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { DIAGNOSIS_HINTS, SILENT_CRASH_HINTS } from './diagnosis-hints.ts';
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
export function adviseOn(check: Check, diagnosis: Diagnosis): Advice {
  const { code } = diagnosis;
  const general = check.knows?.includes(code) === true ? undefined : hintsOn(diagnosis);
  const spec = WITHOUT_RULE.has(code) ? undefined : (DIAGNOSIS_RULES[code] ?? check.spec);
  return { hints: general ?? check.hints, ...(spec && { spec }) };
}

function hintsOn({ code, output, source }: Diagnosis): Hints | undefined {
  const isSilent = code === 'crashed' && output === undefined && !source;
  return isSilent ? SILENT_CRASH_HINTS : DIAGNOSIS_HINTS[code];
}
