import { surveyFolder, type SurveyedFile } from '../cell/survey.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Program, StageProgram } from '../course/find-programs.ts';
import type { Lab } from '../lab/check.ts';
import type { StageResult } from '../model/result.ts';
import { emptyStage, gradeStage } from './grade-stage.ts';
import type { PlannedStage } from './plan.ts';
import { ProgramTarget, type Session } from './program-target.ts';
import { urlTarget, type UrlOptions } from './url-target.ts';

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

/** Grades a server that already runs, stage by stage: side by side they could disturb each other. */
export async function gradeUrl(
  planned: readonly PlannedStage[],
  options: UrlOptions & { readonly onStage: (result: StageResult) => void },
): Promise<readonly StageResult[]> {
  const results: StageResult[] = [];
  for (const each of planned) {
    const result = await gradeStage(each, urlTarget(each.stage, options), undefined);
    results.push(result);
    options.onStage(result);
  }
  return results;
}

/**
 * The files of a program's copy: those of the submission, and under them those of the lab that it
 * lacks.
 */
export function filesOf(
  { lab, folder, root }: { lab: Lab; folder: string; root: string },
  submission: readonly SurveyedFile[],
): (program: Program) => readonly SurveyedFile[] {
  return ({ home }) => {
    const assets = lab.assets.flatMap((asset) =>
      existsSync(join(folder, asset))
        ? surveyFolder(join(folder, asset), home === '.' ? asset : `${home}/${asset}`)
        : [],
    );
    const brought = new Set(submission.map(({ path }) => path));
    return root === folder
      ? submission
      : [...assets.filter(({ path }) => !brought.has(path)), ...submission];
  };
}
