import type { Check } from '../lab/check.ts';
import { fullId } from '../model/check.ts';
import type { Diagnosis, DiagnosisCode } from '../model/diagnosis.ts';
import { CheckFailure, UsageError } from '../model/errors.ts';
import type { CheckResult } from '../model/result.ts';
import type { Recorder } from '../wire/recorder.ts';
import { isQuiet } from '../run/exit.ts';
import { diagnoseCrash } from './diagnose-crash.ts';
import type { Share } from './gate.ts';
import { isOfTime, listHurried, markAskedAgain, type FirstAttempts } from './out-of-time.ts';
import { broken, failed, type Judged } from './judged.ts';
import { usesFunctions } from './plan.ts';
import type { Target } from './target.ts';
import type { Rest } from './turns.ts';

/** Where a check stands: its stage, and what it is asked of. */
export interface AskedOf {
  readonly stage: { readonly id: string };
  readonly target: Target;
  readonly rest: Rest;
  readonly alone: Share['alone'];
  /** Those of the stage, to be looked up and added to. */
  readonly attempts: FirstAttempts;
}

/**
 * Asks a check of a program. Where the program dies, it is started again and asked once more before
 * it is blamed: it may have died of the check before. Where time runs out, it is started again and
 * asked once more while nothing else goes on: the machine may have been busy.
 */
export async function gradeCheck(check: Check, askedOf: AskedOf): Promise<CheckResult> {
  const beganAt = performance.now();
  const { target, attempts } = askedOf;
  const startIsKnown = target.startFailure !== undefined;
  const first = await askTwice(check, askedOf);
  const late = startIsKnown ? undefined : findLateness(check, first, attempts);
  if (!late) {
    if (first.outcome.status === 'passed') attempts.set(check, first.recorder);
    return resultOf(check, askedOf, { ...first, beganAt });
  }
  const second = await askAlone(check, first, askedOf);
  const result = resultOf(check, askedOf, { ...second, beganAt });
  const remark = `${check.id} passed when it was asked once more, with nothing else under way. At first time ran out: ${late.summary}`;
  return markAskedAgain(result, late.code, remark);
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
 */
async function askAlone(check: Check, first: Asked, askedOf: AskedOf): Promise<Asked> {
  const { target, attempts } = askedOf;
  return askedOf.alone(async () => {
    if (!usesFunctions(check)) await target.renew();
    const hurried = listHurried(check, attempts);
    const earlier = [...new Set([...hurried, ...first.begun])].filter((each) => each !== check);
    // To give the turn away would be to wait for checks that are held back.
    const rest: Rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (const each of earlier) await askTwice(each, { ...askedOf, rest });
    const asked = await askTwice(check, { ...askedOf, rest });
    // What was asked alone is final.
    for (const each of hurried) attempts.delete(each);
    return asked;
  });
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

interface Asked extends Judged {
  readonly recorder: Recorder;
  /** The checks that were begun on the same process. */
  readonly begun: ReadonlySet<Check>;
}

async function askTwice(check: Check, askedOf: AskedOf): Promise<Asked> {
  const first = await ask(check, askedOf);
  if (first.state === 'settled' || first.fresh) return first.asked;
  return (await ask(check, askedOf)).asked;
}

type Attempt =
  | { readonly state: 'settled'; readonly asked: Asked }
  /** The program died; `fresh` tells whether no other check can have been the cause. */
  | { readonly state: 'died'; readonly fresh: boolean; readonly asked: Asked };

async function ask(check: Check, { target, rest }: AskedOf): Promise<Attempt> {
  const recorder = target.record(check);
  const reached = usesFunctions(check) ? undefined : await target.reach();
  const remarks: string[] = [];
  let ended = true;
  const begun = reached?.state === 'alive' ? reached.begin(check) : new Set<Check>();
  const settled = (judged: Judged): Attempt => ({
    state: 'settled',
    asked: { ...judged, recorder, begun },
  });
  const died = (judged: Judged, fresh: boolean): Attempt => ({
    state: 'died',
    fresh,
    asked: { ...judged, recorder, begun },
  });
  if (reached?.state === 'dead') {
    return settled(failed(check, new CheckFailure(reached.diagnosis), recorder));
  }
  const server = reached?.server(recorder);
  const errorsSince = target.markErrors();
  try {
    await check.ask({
      ...target.common,
      get server() {
        return server ?? unreachable(check);
      },
      call: target.call(recorder),
      random: target.random(check.id),
      rest,
      remark: (text) => remarks.push(text),
    });
    return settled({
      share: 1,
      outcome: { status: 'passed', ...(remarks.length > 0 && { remarks }) },
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (!(error instanceof CheckFailure)) return settled(broken(error));
    const severed = reached !== undefined && SEVERED.has(error.diagnosis.code);
    if (severed && !reached.isCurrent()) {
      ended = false;
      return died(failed(check, error, recorder), false);
    }
    const death = severed ? await target.findDeath(DEATH_MS) : undefined;
    // Some programs try their port first: what was asked then was not asked of the server.
    if (!death && severed && reached.fresh && (await target.hasMoved())) {
      return died(failed(check, error, recorder), false);
    }
    if (!death) {
      // What this check may have done to the program is not the next one's fault.
      if (reached && LASTING.has(error.diagnosis.code)) await target.renew();
      return settled(failed(check, withErrors(error, errorsSince), recorder));
    }
    const unasked = reached?.fresh ? await target.diagnoseUnasked() : undefined;
    if (unasked) return settled(failed(check, new CheckFailure(unasked), recorder));
    // One that merely tried its port as yet may end quietly, having nothing left to wait for.
    const tried = isQuiet(death.exit) || (await target.hasMoved());
    ended = false;
    const crash = new CheckFailure(diagnoseCrash(death, recorder, error.diagnosis), {
      request: recorder.unanswered().find(({ byteLength }) => byteLength > 0),
    });
    return died(failed(check, crash, recorder), !tried && (reached?.fresh ?? true));
  } finally {
    if (recorder.used) reached?.noteAsked(check, ended);
    await server?.release();
  }
}

/** A program may print an error and live on: what it says is worth more than what we saw. */
function withErrors(error: CheckFailure, errorsSince: () => Partial<Diagnosis>): CheckFailure {
  const { diagnosis, share, request } = error;
  const unexplained = SEVERED.has(diagnosis.code) || diagnosis.code === 'wrong-status';
  return unexplained
    ? new CheckFailure({ ...errorsSince(), ...diagnosis }, { share, request })
    : error;
}

/** How long after a connection broke off the process behind it may take to be gone. */
const DEATH_MS = 300;

/** Failures after which a program may be stuck, or in a bad state, although it lives. */
const LASTING: ReadonlySet<DiagnosisCode> = new Set([
  'refused',
  'silent',
  'never-ends',
  'closed-empty',
  'connection-reset',
  'client-gave-up',
  'wrong-status',
]);

/** What a client sees when the process at the other end dies. */
const SEVERED: ReadonlySet<DiagnosisCode> = new Set([
  'refused',
  'silent',
  'closed-empty',
  'closed-in-head',
  'closed-in-body',
  'no-blank-line',
  'connection-reset',
  'truncated',
  'client-gave-up',
  'broken-link',
]);

function unreachable(check: Check): never {
  throw new Error(`${check.id} calls functions and may not use the server`);
}
