import type { Check } from '../lab/check.ts';
import { fullId } from '../model/check.ts';
import type { Diagnosis, DiagnosisCode } from '../model/diagnosis.ts';
import { CheckFailure, UsageError } from '../model/errors.ts';
import type { CheckResult, Outcome } from '../model/result.ts';
import { Recorder } from '../wire/recorder.ts';
import { reproduce } from './reproduce.ts';
import { START_HINTS } from './start-hints.ts';
import { diagnoseCrash } from './diagnose-crash.ts';
import type { Target } from './target.ts';
import type { Rest } from './turns.ts';

/** Where a check stands: its stage, and what it is asked of. */
export interface AskedOf {
  readonly stage: { readonly id: string };
  readonly target: Target;
  readonly rest: Rest;
}

/**
 * Asks a check of a program. Where the program dies, it is started again and asked once more before
 * it is blamed: it may have died of the check before.
 */
export async function gradeCheck(check: Check, askedOf: AskedOf): Promise<CheckResult> {
  const beganAt = performance.now();
  const { outcome, share } = await askTwice(check, askedOf);
  return {
    id: fullId(askedOf.stage, check),
    title: check.title,
    points: check.points,
    bonus: check.bonus ?? false,
    earned: Math.round(check.points * share),
    durationMs: Math.round(performance.now() - beganAt),
    outcome,
  };
}

interface Asked {
  readonly outcome: Outcome;
  /** The share of the points that is earned. */
  readonly share: number;
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
  const recorder = new Recorder();
  const remarks: string[] = [];
  const settled = (asked: Asked): Attempt => ({ state: 'settled', asked });
  const usesServer = !check.needs?.includes('functions');
  const reached = usesServer ? await target.reach() : undefined;
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
    if (!(error instanceof CheckFailure)) return settled({ share: 0, outcome: broken(error) });
    const severed = reached !== undefined && SEVERED.has(error.diagnosis.code);
    if (severed && !reached.isCurrent()) {
      return { state: 'died', fresh: false, asked: failed(check, error, recorder) };
    }
    const death = severed ? await target.findDeath(DEATH_MS) : undefined;
    if (!death) {
      // What this check may have done to the program is not the next one's fault.
      if (reached && LASTING.has(error.diagnosis.code)) await target.stop();
      return settled(failed(check, withErrors(error, errorsSince), recorder));
    }
    const alone = reached?.fresh ? await target.diagnoseUnasked() : undefined;
    if (alone) return settled(failed(check, new CheckFailure(alone), recorder));
    const crash = new CheckFailure(diagnoseCrash(death, recorder, error.diagnosis), {
      request: recorder.unanswered().find(({ byteLength }) => byteLength > 0),
    });
    return { state: 'died', fresh: reached?.fresh ?? true, asked: failed(check, crash, recorder) };
  } finally {
    if (recorder.used) reached?.noteAsked();
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

function failed(check: Check, failure: CheckFailure, recorder: Recorder): Asked {
  const { diagnosis, share, request = recorder.lastSent() } = failure;
  const command = reproduce(request);
  const startHints = START_HINTS.get(diagnosis.code);
  return {
    share,
    outcome: {
      status: 'failed',
      diagnosis,
      hints: startHints ?? check.hints,
      ...(check.spec && !startHints && { spec: check.spec }),
      transcript: recorder.transcript(),
      ...(command !== undefined && { reproduce: command }),
    },
  };
}

/** A fault that is not the student's keeps its stack. */
function broken(error: unknown): Outcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause =
    error instanceof Error && error.cause instanceof Error ? error.cause.stack : undefined;
  return { status: 'broken', error: cause === undefined ? text : `${text}\ncaused by ${cause}` };
}

function unreachable(check: Check): never {
  throw new Error(`${check.id} calls functions and may not use the server`);
}
