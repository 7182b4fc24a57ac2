import type { Check } from '../lab/check.ts';
import { fullId, type CheckNeed } from '../model/check.ts';
import type { DiagnosisCode } from '../model/diagnosis.ts';
import type { CheckResult, Outcome, StageResult } from '../model/result.ts';
import { sumChecks } from '../model/score.ts';
import { CheckFailure } from '../model/errors.ts';
import { Recorder } from '../wire/recorder.ts';
import { diagnoseLateCrash } from './diagnose-crash.ts';
import { gradeCheck } from './grade-check.ts';
import { failed } from './judged.ts';
import type { Gate, Share } from './gate.ts';
import { markAskedAgain, type FirstAttempts, type Patience } from './out-of-time.ts';
import { isAboutListening, usesFunctions, type PlannedStage } from './plan.ts';
import type { Target } from './target.ts';
import { Turns, type Rest } from './turns.ts';

interface GradeStageOptions {
  /** Shared with all that must hold still while something is done alone. */
  readonly gate: Gate;
  /** One for all stages of a grading. */
  readonly patience: Patience;
  /** Its file, relative to the submission; undefined for a server that already runs. */
  readonly program?: string;
}

/** Asks all planned checks of a stage, in order; those that call functions run beside the others. */
export async function gradeStage(
  planned: PlannedStage,
  target: Target,
  options: GradeStageOptions,
): Promise<StageResult> {
  const { stage } = planned;
  const { program } = options;
  const beganAt = performance.now();
  const checks = await gradeChecks(planned, target, options);
  return {
    id: stage.id,
    title: stage.title,
    status: 'graded',
    ...(program !== undefined && { program }),
    durationMs: Math.round(performance.now() - beganAt),
    points: sumChecks(checks),
    remarks: checks.flatMap(({ outcome }) => ('remarks' in outcome ? (outcome.remarks ?? []) : [])),
    checks,
  };
}

/** @returns the results in the order of the checks, when the program has been stopped */
async function gradeChecks(
  { stage, checks }: PlannedStage,
  target: Target,
  { gate, patience }: GradeStageOptions,
): Promise<readonly CheckResult[]> {
  const results = new Map<Check, CheckResult>();
  const attempts: FirstAttempts = new Map();
  const probed = checks.some((check) => !usesFunctions(check));
  let lateStart = probed ? await startInTime(target, gate) : undefined;
  const askOne = async (check: Check, rest: Rest, { alone }: Share): Promise<CheckResult> => {
    const before = findObstacle(check, target, results) ?? findDeadStart(check, checks, target);
    if (before) return unasked(check, stage, before);
    const result = await gradeCheck(check, { stage, target, rest, alone, attempts, patience });
    // That a program ends by itself may be found out by any check, and is told by one.
    const after =
      result.outcome.status === 'failed' ? findDeadStart(check, checks, target) : undefined;
    if (after) {
      if (result.askedAgain?.after === 'never-listened') lateStart = 'never-listened';
      return unasked(check, stage, after);
    }
    return lateStart && check === findTeller(checks)
      ? markAskedAgain(result, { after: lateStart }, LATE_START)
      : result;
  };
  const server = new Turns();
  await Promise.all(
    inOrderOfAsking(checks).map((check) => {
      const turns = usesFunctions(check) ? new Turns() : server;
      // The turn first: whoever waits for one must not keep another from being alone.
      return turns.take((rest) =>
        gate.share(async (share) => {
          const restAside: Rest = (ms) => share.without(() => rest(ms));
          results.set(check, await askOne(check, restAside, share));
        }),
      );
    }),
  );
  await target.stop();
  return checks.flatMap((check) => blameCrash(check, results, target) ?? []);
}

/** A program that crashes as soon as a check has its answer is wrong, however right the answer was. */
function blameCrash(
  check: Check,
  results: ReadonlyMap<Check, CheckResult>,
  { crashes }: Target,
): CheckResult | undefined {
  const result = results.get(check);
  const crash = crashes.find(
    ({ after, during }) =>
      after === check && (!during || results.get(during)?.outcome.status === 'passed'),
  );
  if (!crash || result?.outcome.status !== 'passed') return result;
  const failure = new CheckFailure(diagnoseLateCrash(crash.death));
  return { ...result, earned: 0, outcome: failed(check, failure, new Recorder()).outcome };
}

/**
 * Starts a program. One that did not listen in time, or elsewhere, is started once more, alone.
 *
 * @returns what was seen of the first start, where there was a second one
 */
async function startInTime(target: Target, gate: Gate): Promise<DiagnosisCode | undefined> {
  return gate.share(async ({ alone }) => {
    const failure = await target.start();
    const late = target.listensElsewhere ? 'wrong-port' : failure?.code;
    if (late !== 'never-listened' && late !== 'wrong-port') return undefined;
    await alone(async () => {
      await target.renew();
      await target.start();
    });
    return late;
  });
}

/** The result of a stage that has no program to be asked. */
export function emptyStage(
  { stage, checks }: PlannedStage,
  status: 'not-started' | 'missing',
  program?: string,
): StageResult {
  const because = status === 'missing' ? 'there is no program' : 'the program is still the starter';
  const results = checks.map((check) => unasked(check, stage, { status: 'skipped', because }));
  return {
    id: stage.id,
    title: stage.title,
    status,
    ...(program !== undefined && { program }),
    durationMs: 0,
    points: sumChecks(results),
    remarks: [],
    checks: results,
  };
}

/** What keeps a check from being asked; undefined where nothing does. */
function findObstacle(
  check: Check,
  target: Target,
  results: ReadonlyMap<Check, CheckResult>,
): Outcome | undefined {
  const lacking = check.needs?.find((need) => !target.offers.has(need));
  if (lacking) return { status: 'not-judged', because: LACKING[lacking] };
  const before = check.after && results.get(check.after)?.outcome.status;
  if (check.after && before !== 'passed') {
    const builds = `it builds on ${check.after.id}`;
    // What the grader broke costs nothing, and neither does what cannot be asked for it.
    if (before === 'broken') return { status: 'not-judged', because: `${builds}, which broke` };
    const state = before === 'not-judged' ? 'not-judged' : 'skipped';
    return { status: state, because: `${builds}, which did not pass` };
  }
  return undefined;
}

/**
 * A program that does not start is told once, by the check about listening; asking on would only tell
 * the same again. Its functions may be right all the same, unless it cannot even be read.
 */
function findDeadStart(
  check: Check,
  checks: readonly Check[],
  { startFailure }: Target,
): Outcome | undefined {
  if (!startFailure) return undefined;
  const spared = usesFunctions(check)
    ? startFailure.code !== 'syntax-error'
    : check === findTeller(checks);
  return spared ? undefined : NOT_STARTED;
}

/** The check that tells why a program does not start. */
function findTeller(checks: readonly Check[]): Check | undefined {
  return checks.find(isAboutListening) ?? checks.find((check) => !usesFunctions(check));
}

const LATE_START =
  'Your program did not listen on its port in time at first. Started once more, with nothing else under way, it did.';

const NOT_STARTED: Outcome = { status: 'skipped', because: 'your server did not start' };

const LACKING: Readonly<Record<CheckNeed, string>> = {
  'own-process': 'a server that already runs listens where it likes',
  'planted-files': 'the grader cannot plant files for a server that already runs',
  functions: 'the functions of a server that already runs cannot be called',
  stdout: 'the console of a server that already runs cannot be read',
};

function unasked(check: Check, stage: { readonly id: string }, outcome: Outcome): CheckResult {
  return {
    id: fullId(stage, check),
    title: check.title,
    points: check.points,
    bonus: check.bonus ?? false,
    earned: 0,
    durationMs: 0,
    outcome,
  };
}

/**
 * A check that waits goes first, so that the others fill the time; the one about listening goes last,
 * when it is known whether the program came to listen at all, and where.
 */
function inOrderOfAsking(checks: readonly Check[]): readonly Check[] {
  const rank = (check: Check): number => {
    if (isAboutListening(check)) return 2;
    return check.waits === true ? 0 : 1;
  };
  return [...checks].sort((a, b) => rank(a) - rank(b));
}
