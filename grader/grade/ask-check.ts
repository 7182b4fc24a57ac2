import type { Check } from '../lab/check.ts';
import { printText } from '../model/bytes.ts';
import type { Diagnosis, DiagnosisCode } from '../model/diagnosis.ts';
import { CheckFailure, UsageError } from '../model/errors.ts';
import { isQuiet } from '../run/exit.ts';
import type { Recorder } from '../wire/recorder.ts';
import { chooseRecorder } from './choose-recorder.ts';
import { diagnoseCrash } from './diagnose-crash.ts';
import type { Share } from './gate.ts';
import { broken, failed, type Judged } from './judged.ts';
import type { FirstAttempts, Patience } from './out-of-time.ts';
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
  readonly patience: Patience;
}

/** How a check was asked, and what came of it. */
export interface Asked extends Judged {
  readonly recorder: Recorder;
  /** Whether it failed although the program could run whenever it wanted to, as far as is known. */
  readonly unhindered: boolean;
  /** The checks that were begun on the same process. */
  readonly begun: ReadonlySet<Check>;
}

/**
 * Asks a check of a program. Where the program dies, it is started again and asked once more before
 * it is blamed: it may have died of the check before.
 */
export async function askTwice(check: Check, askedOf: AskedOf): Promise<Asked> {
  const first = await ask(check, askedOf);
  if (first.state === 'settled' || first.fresh) return first.asked;
  return (await ask(check, askedOf)).asked;
}

type Attempt =
  | { readonly state: 'settled'; readonly asked: Asked }
  /** The program died; `fresh` tells whether no other check can have been the cause. */
  | { readonly state: 'died'; readonly fresh: boolean; readonly asked: Asked };

async function ask(check: Check, { target, rest, attempts }: AskedOf): Promise<Attempt> {
  const recorder = target.record(check);
  const reached = usesFunctions(check) ? undefined : await target.reach();
  const remarks: string[] = [];
  let ended = true;
  const begun = reached?.state === 'alive' ? reached.begin(check) : new Set<Check>();
  const settled = (judged: Judged, unhindered = false): Attempt => ({
    state: 'settled',
    asked: { ...judged, recorder, begun, unhindered },
  });
  const died = (judged: Judged, fresh: boolean): Attempt => ({
    state: 'died',
    fresh,
    asked: { ...judged, recorder, begun, unhindered: false },
  });
  if (reached?.state === 'dead') {
    return settled(failed(check, new CheckFailure(reached.diagnosis), recorder));
  }
  const server = reached?.server(recorder);
  const errorsSince = target.markErrors();
  const watch = reached?.watchRun();
  try {
    await check.ask({
      ...target.common,
      get server() {
        return server ?? unreachable(check);
      },
      call: target.call(recorder),
      random: target.random(check.id),
      rest,
      // It may quote what a program said.
      remark: (text) => remarks.push(printText(text)),
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
      const unhindered = (await watch?.wasFree()) ?? false;
      // What this check may have done to the program is not the next one's fault.
      if (reached && LASTING.has(error.diagnosis.code)) await target.renew();
      const judged = chooseRecorder(check, recorder, attempts);
      return settled(failed(check, withErrors(error, errorsSince), judged), unhindered);
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
    watch?.stop();
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
