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
import type { Calling, Death, Reached, Target } from './target.ts';
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
 * it is blamed: it may have died of the check before. A function that other checks had called before, in
 * the same process, is called in one of its own before it is blamed.
 */
export async function askTwice(check: Check, askedOf: AskedOf): Promise<Asked> {
  const calling: Calling = { alone: false, hadCompany: false };
  const first = await ask(check, askedOf, calling);
  if (calling.hadCompany && first.asked.outcome.status !== 'passed') {
    return (await ask(check, askedOf, { alone: true, hadCompany: false })).asked;
  }
  if (first.state === 'settled' || (first.state === 'died' && first.fresh)) return first.asked;
  return (await ask(check, askedOf, calling)).asked;
}

/** What came of asking once. */
type Answer = { readonly judged: Judged } & (
  | { readonly state: 'settled'; readonly unhindered: boolean }
  /** The program died; `fresh` tells whether no other check can have been the cause. */
  | { readonly state: 'died'; readonly fresh: boolean }
  /** What was asked had merely tried its port, and it listens elsewhere now. */
  | { readonly state: 'moved' }
);

async function ask(
  check: Check,
  askedOf: AskedOf,
  calling: Calling,
): Promise<Answer & { readonly asked: Asked }> {
  const { target } = askedOf;
  const recorder = target.record(check);
  const reached = usesFunctions(check) ? undefined : await target.reach();
  const begun = reached?.state === 'alive' ? reached.begin(check) : new Set<Check>();
  const describe = (answer: Answer): Answer & { readonly asked: Asked } => {
    const unhindered = answer.state === 'settled' && answer.unhindered;
    return { ...answer, asked: { ...answer.judged, recorder, begun, unhindered } };
  };
  if (reached?.state === 'dead') {
    return describe(settled(failed(check, new CheckFailure(reached.diagnosis), recorder)));
  }
  const server = reached?.server(recorder);
  const errorsSince = target.markErrors();
  const watch = reached?.watchRun();
  let answer: Answer | undefined;
  try {
    answer = await put(check, {
      ...askedOf,
      recorder,
      calling,
      reached,
      server,
      errorsSince,
      watch,
    });
    return describe(answer);
  } finally {
    watch?.stop();
    if (recorder.used) reached?.noteAsked(check, answer?.state !== 'died');
    await server?.release();
  }
}

/** A check that is being asked. */
interface Question extends AskedOf {
  readonly recorder: Recorder;
  readonly calling: Calling;
  /** Undefined where the check calls functions, and so is the server. */
  readonly reached: Alive | undefined;
  readonly server: ReturnType<Alive['server']> | undefined;
  readonly errorsSince: ReturnType<Target['markErrors']>;
  readonly watch: ReturnType<Alive['watchRun']> | undefined;
}

type Alive = Extract<Reached, { readonly state: 'alive' }>;

/** Puts a question, and judges what comes of it. */
async function put(check: Check, question: Question): Promise<Answer> {
  const { target, recorder, calling, rest, server } = question;
  const remarks: string[] = [];
  try {
    await check.ask({
      ...target.common,
      get server() {
        return server ?? unreachable(check);
      },
      call: target.call(recorder, calling),
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
    return judgeFailure(check, error, question);
  }
}

/** Tells a wrong answer from the death of the program, or of the one before it. */
async function judgeFailure(
  check: Check,
  failure: CheckFailure,
  question: Question,
): Promise<Answer> {
  const { target, attempts, recorder, reached, errorsSince, watch } = question;
  const { code } = failure.diagnosis;
  const severed = reached !== undefined && SEVERED.has(code);
  if (severed && !reached.isCurrent()) {
    return { state: 'died', fresh: false, judged: failed(check, failure, recorder) };
  }
  const death = severed ? await target.findDeath(DEATH_MS) : undefined;
  if (death) return judgeDeath(check, { death, failure }, question);
  // Some programs try their port first: what was asked then was not asked of the server.
  if (severed && reached.fresh && (await target.hasMoved())) {
    return { state: 'moved', judged: failed(check, failure, recorder) };
  }
  const unhindered = (await watch?.wasFree()) ?? false;
  // What this check may have done to the program is not the next one's fault.
  if (reached && LASTING.has(code)) await target.renew();
  const judged = chooseRecorder(check, recorder, attempts);
  return settled(failed(check, withErrors(failure, errorsSince), judged), unhindered);
}

async function judgeDeath(
  check: Check,
  { death, failure }: { readonly death: Death; readonly failure: CheckFailure },
  { target, recorder, reached }: Question,
): Promise<Answer> {
  const unasked = reached?.fresh ? await target.diagnoseUnasked() : undefined;
  if (unasked) return settled(failed(check, new CheckFailure(unasked), recorder));
  // One that merely tried its port as yet may end quietly, having nothing left to wait for.
  const tried = isQuiet(death.exit) || (await target.hasMoved());
  const crash = new CheckFailure(diagnoseCrash(death, recorder, failure.diagnosis), {
    request: recorder.unanswered().find(({ byteLength }) => byteLength > 0),
  });
  const fresh = !tried && (reached?.fresh ?? true);
  return { state: 'died', fresh, judged: failed(check, crash, recorder) };
}

function settled(judged: Judged, unhindered = false): Answer {
  return { state: 'settled', judged, unhindered };
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
