import type { Check } from '../../lab/check.ts';
import { fullId } from '../../model/check.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';
import { CheckFailure } from '../../model/errors.ts';
import type { CheckResult, StageResult } from '../../model/result.ts';
import { Recorder } from '../../wire/recorder.ts';
import { usesFunctions, type PlannedStage } from '../plan.ts';
import type { ProgramTarget } from '../program-target.ts';

/**
 * Tells of failures whether they are due to what the program was asked before: it is started once
 * more, and asked the same first. What comes of that is added to a diagnosis and changes nothing else.
 *
 * @param chosen the failures to be explained, of whatever stage
 */
export async function explainStuck(
  result: StageResult,
  { stage, checks }: PlannedStage,
  { target, chosen }: { readonly target: ProgramTarget; readonly chosen: readonly CheckResult[] },
): Promise<StageResult> {
  const stuck = new Set<string>();
  for (const check of checks) {
    const id = fullId(stage, check);
    const failure = chosen.find((each) => each.id === id);
    if (!failure || !mayBeStuck(failure, result) || !standsAlone(check)) continue;
    if (await passesFirst(check, target)) stuck.add(id);
  }
  if (stuck.size === 0) return result;
  return {
    ...result,
    checks: result.checks.map((check) => (stuck.has(check.id) ? addNote(check) : check)),
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
  const server = reached.server(recorder);
  try {
    await check.ask({
      ...target.common,
      stage: {},
      server,
      call: target.call(recorder),
      random: target.random(check.id),
      rest: () => Promise.resolve(),
      remark: () => undefined,
    });
    return true;
  } catch (error) {
    if (error instanceof CheckFailure) return false;
    throw error;
  } finally {
    await server.release();
    await target.stop();
  }
}

const NOTE =
  'Started anew and asked this first, your program does it right. It is an earlier client that it does not get over: look at how it goes on to the next one.';

function addNote(check: CheckResult): CheckResult {
  const { outcome } = check;
  if (outcome.status !== 'failed') return check;
  const { note } = outcome.diagnosis;
  const diagnosis = { ...outcome.diagnosis, note: note === undefined ? NOTE : `${note} ${NOTE}` };
  return { ...check, outcome: { ...outcome, diagnosis } };
}
