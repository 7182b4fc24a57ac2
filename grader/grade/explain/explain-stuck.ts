import type { Check } from '../../lab/check.ts';
import { fullId } from '../../model/check.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';
import { CheckFailure } from '../../model/errors.ts';
import type { CheckResult, StageResult } from '../../model/result.ts';
import { Recorder } from '../../wire/recorder.ts';
import { usesFunctions, type PlannedStage } from '../plan.ts';
import type { ProgramTarget } from '../program-target.ts';
import { askOnce } from './ask-once.ts';

/**
 * Tells of a stage's first failure of this kind whether it may be due to what the program was asked
 * before: it is started once more, and asked the same first. What comes of that is added to the
 * diagnosis and changes nothing else. Those behind it are likely to have the same cause, and each may
 * take as long as a deadline.
 *
 * @param chosen the failures to be explained, of whatever stage
 */
export async function explainStuck(
  result: StageResult,
  { stage, checks }: PlannedStage,
  { target, chosen }: { readonly target: ProgramTarget; readonly chosen: readonly CheckResult[] },
): Promise<StageResult> {
  const ids = new Set(chosen.flatMap((each) => (mayBeStuck(each, result) ? [each.id] : [])));
  const first = checks.find((check) => ids.has(fullId(stage, check)) && standsAlone(check));
  if (!first || !(await passesFirst(first, target))) return result;
  const id = fullId(stage, first);
  return {
    ...result,
    checks: result.checks.map((check) => (check.id === id ? addNote(check) : check)),
  };
}

/** What a client sees of a server that does not get over what came before. */
const STUCK: ReadonlySet<DiagnosisCode> = new Set([
  'refused',
  'silent',
  'closed-empty',
  'closed-in-head',
  'connection-reset',
]);

/** One that answered nothing at all has no client that it could be stuck with. */
function mayBeStuck({ id, outcome }: CheckResult, { checks }: StageResult): boolean {
  if (outcome.status !== 'failed' || !STUCK.has(outcome.diagnosis.code)) return false;
  return checks.some(
    (each) =>
      each.id !== id && each.outcome.status === 'passed' && each.outcome.witness !== undefined,
  );
}

function standsAlone(check: Check): boolean {
  return check.after === undefined && check.waits !== true && !usesFunctions(check);
}

async function passesFirst(check: Check, target: ProgramTarget): Promise<boolean> {
  await target.renew();
  const reached = await target.reach();
  if (reached.state !== 'alive') return false;
  const recorder = new Recorder();
  try {
    await askOnce(check, { server: reached.server(recorder), recorder, target, common: {} });
    return true;
  } catch (error) {
    if (error instanceof CheckFailure) return false;
    throw error;
  } finally {
    await target.stop();
  }
}

const NOTE =
  'Started anew and asked this first, your program does it right. Possibly it does not get over an earlier client: look at how it goes on to the next one.';

function addNote(check: CheckResult): CheckResult {
  const { outcome } = check;
  if (outcome.status !== 'failed') return check;
  const { note } = outcome.diagnosis;
  const diagnosis = { ...outcome.diagnosis, note: note === undefined ? NOTE : `${note} ${NOTE}` };
  return { ...check, outcome: { ...outcome, diagnosis } };
}
