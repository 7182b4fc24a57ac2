import type { Program, StageProgram } from '../course/find-programs.ts';
import type { StageResult } from '../model/result.ts';
import { chooseFailures, type FailuresShown } from '../model/choose-failures.ts';
import { addFindings, type Finder } from './explain/add-findings.ts';
import { explainStage } from './explain/explain-stage.ts';
import { explainStuck } from './explain/explain-stuck.ts';
import { emptyStage, gradeStage } from './grade-stage.ts';
import type { PlannedStage } from './plan.ts';
import { ProgramTarget } from './program-target.ts';
import type { Session } from './session.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface GradeProgramsOptions {
  readonly planned: readonly PlannedStage[];
  readonly programOf: (stage: PlannedStage) => StageProgram;
  readonly session: Session;
  /** How many stages may be under way at once. */
  readonly stagesAtOnce: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Told of each stage as it ends. */
  readonly onStage: (result: StageResult) => void;
  /** The failures whose lines are to be found; undefined for none. */
  readonly traced?: FailuresShown | undefined;
  /** Ends the grading at once; nothing that it started is left. */
  readonly signal: AbortSignal;
}

/** Grades the programs of a submission, side by side, and gives their results in the lab's order. */
export async function gradePrograms(
  options: GradeProgramsOptions,
): Promise<readonly StageResult[]> {
  const results = new Map<string, StageResult>();
  const targets = new Map<PlannedStage, ProgramTarget>();
  const keep = (result: StageResult): void => {
    results.set(result.id, result);
    options.onStage(result);
  };
  const again: (() => Promise<void>)[] = [];
  // The last stage first: it waits longest, for the clock to move on, and others fill the time.
  const runs = [...options.planned].reverse().map((planned) =>
    options.stagesAtOnce(async () => {
      const found = options.programOf(planned);
      if (found.state !== 'found') {
        keep(emptyStage(planned, found.state, 'file' in found ? found.file : undefined));
        return;
      }
      const grade = async (): Promise<Graded> => {
        const graded = await gradeProgram(planned, found.program, options.session);
        targets.set(planned, graded.target);
        return graded;
      };
      const { result, target } = await grade();
      // Programs that choose the same port by themselves are graded one after the other.
      if (target.portWasTaken) again.push(async () => keep((await grade()).result));
      else keep(result);
    }),
  );
  const all = Promise.all(runs).then(async () => {
    for (const run of again) await run();
    for (const result of await explain(results, targets, options)) results.set(result.id, result);
  });
  const { signal, session } = options;
  try {
    await unlessAborted(all, signal, 'the grading');
  } finally {
    await session.children.halt();
  }
  return options.planned.flatMap(({ stage }) => results.get(stage.id) ?? []);
}

/**
 * Finds the lines behind the failures that are told, and what they are due to, when everything has
 * been judged: two programs that choose the same port must not meet.
 */
async function explain(
  results: ReadonlyMap<string, StageResult>,
  targets: ReadonlyMap<PlannedStage, ProgramTarget>,
  { planned, traced, session }: GradeProgramsOptions,
): Promise<readonly StageResult[]> {
  if (traced === undefined) return [];
  const ordered = planned.flatMap(({ stage }) => results.get(stage.id) ?? []);
  const chosen = chooseFailures(ordered, traced);
  const explained: StageResult[] = [];
  for (const each of planned) {
    const [result, target] = [results.get(each.stage.id), targets.get(each)];
    if (!result || !target) continue;
    const finders = [explainStage, explainStuck].map(
      (find): Finder =>
        (found) =>
          session.gate.share(() => find(found, each, { target, chosen })),
    );
    explained.push(await addFindings(result, finders));
  }
  return explained;
}

interface Graded {
  readonly result: StageResult;
  readonly target: ProgramTarget;
}

async function gradeProgram(
  planned: PlannedStage,
  program: Program,
  session: Session,
): Promise<Graded> {
  const { gate, patience } = session;
  const target = await gate.share(() => Promise.resolve(new ProgramTarget(program, session)));
  try {
    const result = await gradeStage(planned, target, { gate, patience, program: program.file });
    return { result, target };
  } finally {
    await gate.share(() => target.stop());
  }
}
