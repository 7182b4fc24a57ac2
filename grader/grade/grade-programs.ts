import type { Program, StageProgram } from '../course/find-programs.ts';
import type { StageResult } from '../model/result.ts';
import { emptyStage, gradeStage } from './grade-stage.ts';
import type { PlannedStage } from './plan.ts';
import { ProgramTarget } from './program-target.ts';
import type { Session } from './session.ts';

export interface GradeProgramsOptions {
  readonly planned: readonly PlannedStage[];
  readonly programOf: (stage: PlannedStage) => StageProgram;
  readonly session: Session;
  /** How many stages may be under way at once. */
  readonly stagesAtOnce: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Told of each stage as it ends. */
  readonly onStage: (result: StageResult) => void;
  /** Ends the grading at once; nothing that it started is left. */
  readonly signal: AbortSignal;
}

/** Grades the programs of a submission, side by side, and gives their results in the lab's order. */
export async function gradePrograms(
  options: GradeProgramsOptions,
): Promise<readonly StageResult[]> {
  const results = new Map<string, StageResult>();
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
      const { result, portWasTaken } = await gradeProgram(planned, found.program, options.session);
      // Programs that choose the same port by themselves are graded one after the other.
      if (portWasTaken)
        again.push(async () => {
          keep((await gradeProgram(planned, found.program, options.session)).result);
        });
      else keep(result);
    }),
  );
  const all = Promise.all(runs).then(async () => {
    for (const run of again) await run();
  });
  const { signal, session } = options;
  try {
    await Promise.race([all, rejectOnAbort(signal)]);
  } finally {
    await session.children.halt();
  }
  return options.planned.flatMap(({ stage }) => results.get(stage.id) ?? []);
}

async function gradeProgram(
  planned: PlannedStage,
  program: Program,
  session: Session,
): Promise<{ result: StageResult; portWasTaken: boolean }> {
  const { gate, patience } = session;
  const target = await gate.share(() => Promise.resolve(new ProgramTarget(program, session)));
  try {
    const result = await gradeStage(planned, target, { gate, patience, program: program.file });
    return { result, portWasTaken: target.portWasTaken };
  } finally {
    await gate.share(() => target.stop());
  }
}

/** Rejects when the grading is to end. */
async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('the grading was stopped', { cause: signal.reason }));
    });
  });
}
