import type { Check } from '../lab/check.ts';
import { fullId } from '../model/check.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { CheckResult } from '../model/result.ts';
import { askTwice, type Asked, type AskedOf } from './ask-check.ts';
import { chooseRecorder } from './choose-recorder.ts';
import { isOfTime, listHurried, markAskedAgain, type FirstAttempts } from './out-of-time.ts';
import { usesFunctions } from './plan.ts';
import { tellWitness } from './tell-witness.ts';
import type { Rest } from './turns.ts';

/**
 * Judges a program by a check. Where time runs out, the program is started again and asked once more
 * while nothing else goes on: the machine may have been busy. Once time has run out
 * for one that was alone as well, that is done only where the machine can be to blame.
 */
export async function gradeCheck(check: Check, askedOf: AskedOf): Promise<CheckResult> {
  const beganAt = performance.now();
  const { target, attempts } = askedOf;
  const startIsKnown = target.startFailure !== undefined;
  const first = await askTwice(check, askedOf);
  const late = startIsKnown ? undefined : findLateness(check, first, attempts);
  const second = late && (await askAlone(check, first, askedOf));
  if (!second) {
    if (first.outcome.status === 'passed') attempts.set(check, first.recorder);
    return resultOf(check, askedOf, { ...bearWitness(check, first, attempts), beganAt });
  }
  const result = resultOf(check, askedOf, { ...bearWitness(check, second, attempts), beganAt });
  const remark = `${check.id} passed when it was asked once more, with nothing else under way. At first time ran out: ${late.summary}`;
  const { unhindered } = second;
  return markAskedAgain(result, { after: late.code, ...(unhindered && { unhindered }) }, remark);
}

/** The failure of a check, where it may be due to a deadline alone. */
function findLateness(
  check: Check,
  { outcome, recorder }: Asked,
  attempts: FirstAttempts,
): Diagnosis | undefined {
  if (outcome.status !== 'failed') return undefined;
  const { diagnosis } = outcome;
  const given = listHurried(check, attempts).flatMap((each) => attempts.get(each) ?? []);
  return isOfTime(diagnosis, [recorder, ...given]) ? diagnosis : undefined;
}

/**
 * Asks once more of a program that is started anew, while all else is held back. What the program had
 * been asked before comes first: one that answers its first clients alone must not pass by this. An
 * earlier answer for which time ran out is asked for again as well.
 *
 * @returns undefined where that would tell nothing new
 */
async function askAlone(check: Check, first: Asked, askedOf: AskedOf): Promise<Asked | undefined> {
  const { target, attempts, patience } = askedOf;
  const isKnown = (): boolean => patience.hangs && first.unhindered;
  if (isKnown()) return undefined;
  return askedOf.alone(async () => {
    // Others were alone before.
    if (isKnown()) return undefined;
    if (!usesFunctions(check)) await target.renew();
    const hurried = listHurried(check, attempts);
    const earlier = [...new Set([...hurried, ...first.begun])].filter((each) => each !== check);
    // To give the turn away would be to wait for checks that are held back.
    const rest: Rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (const each of earlier) await askTwice(each, { ...askedOf, rest });
    const asked = await askTwice(check, { ...askedOf, rest });
    // What was asked alone is final.
    for (const each of hurried) attempts.delete(each);
    patience.hangs ||= asked.outcome.status === 'failed';
    return asked;
  });
}

/** Adds to a check that passed what it saw. */
function bearWitness(check: Check, asked: Asked, attempts: FirstAttempts): Asked {
  const { outcome, recorder } = asked;
  if (outcome.status !== 'passed') return asked;
  const witness = tellWitness(chooseRecorder(check, recorder, attempts));
  return { ...asked, outcome: { ...outcome, ...(witness !== undefined && { witness }) } };
}

function resultOf(
  check: Check,
  { stage }: AskedOf,
  { outcome, share, beganAt }: Asked & { readonly beganAt: number },
): CheckResult {
  return {
    id: fullId(stage, check),
    title: check.title,
    points: check.points,
    bonus: check.bonus ?? false,
    earned: Math.round(check.points * share),
    durationMs: Math.round(performance.now() - beganAt),
    outcome,
  };
}
