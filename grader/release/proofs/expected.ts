import type { Check, Stage } from '../../lab/check.ts';
import { fullId } from '../../model/check.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';

/**
 * What a grading must find where these checks of a stage fail: each of them with its diagnosis, and
 * as skipped what builds on them.
 *
 * @param failing the codes by the ids of the checks, without their stage
 */
export function expectFindings(
  stage: Stage,
  failing: ReadonlyMap<string, DiagnosisCode>,
): readonly string[] {
  const startFailure = stage.checks
    .filter((check) => !callsFunctions(check))
    .map(({ id }) => failing.get(id))
    .find((code) => code !== undefined && START_FAILURES.has(code));
  const isSkipped = (check: Check): boolean => {
    if (startFailure !== undefined && !callsFunctions(check)) return true;
    if (startFailure === 'syntax-error') return true;
    return buildsOn(check, failing);
  };
  return stage.checks.flatMap((check) => {
    const code = failing.get(check.id);
    if (code !== undefined) return [`${fullId(stage, check)}: ${code}`];
    return isSkipped(check) ? [`${fullId(stage, check)}: skipped`] : [];
  });
}

/** A program that does not start is asked nothing. */
const START_FAILURES: ReadonlySet<DiagnosisCode> = new Set([
  'syntax-error',
  'exited-early',
  'never-listened',
]);

function callsFunctions({ needs }: Check): boolean {
  return needs?.includes('functions') ?? false;
}

function buildsOn({ after }: Check, failing: ReadonlyMap<string, DiagnosisCode>): boolean {
  return after !== undefined && (failing.has(after.id) || buildsOn(after, failing));
}
