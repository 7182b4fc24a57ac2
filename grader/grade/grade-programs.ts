import type { Program, StageProgram } from '../course/find-programs.ts';
import type { StageResult } from '../model/result.ts';
import { emptyStage, gradeStage } from './grade-stage.ts';
import type { PlannedStage } from './plan.ts';
import { ProgramTarget, type Session } from './program-target.ts';

export interface GradeProgramsOptions {
  readonly planned: readonly PlannedStage[];
  readonly programOf: (stage: PlannedStage) => StageProgram;
  readonly session: Session;
  /** How many stages may be under way at once. */
  readonly stagesAtOnce: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Told of each stage as it ends. */
  readonly onStage: (result: StageResult) => void;
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
      const { result, portWasTaken } = await gradeProgram(planned, found.program, options);
      // Programs that choose the same port by themselves are graded one after the other.
      if (portWasTaken)
        again.push(async () => {
          keep((await gradeProgram(planned, found.program, options)).result);
        });
      else keep(result);
    }),
  );
  await Promise.all(runs);
  for (const run of again) await run();
  return options.planned.flatMap(({ stage }) => results.get(stage.id) ?? []);
}

async function gradeProgram(
  planned: PlannedStage,
  program: Program,
  { session, signal }: GradeProgramsOptions,
): Promise<{ result: StageResult; portWasTaken: boolean }> {
  const target = new ProgramTarget(planned.stage, program, session);
  const stopAtOnce = (): void => void target.stop();
  signal.addEventListener('abort', stopAtOnce);
  try {
    signal.throwIfAborted();
    const result = await gradeStage(planned, target, program.file);
    signal.throwIfAborted();
    return { result, portWasTaken: target.portWasTaken };
  } finally {
    await target.stop();
    signal.removeEventListener('abort', stopAtOnce);
  }
}
