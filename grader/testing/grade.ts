import { randomInt } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { gradeFolder } from '../grade/grade-folder.ts';
import { planGrading } from '../grade/plan.ts';
import type { StageResult } from '../model/result.ts';
import type { FailuresShown } from '../model/choose-failures.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import { readRuntimes } from '../run/runtimes.ts';

/** Grades stages of a folder within this process, as `grade week02 STAGE... --from FOLDER` does. */
export async function gradeTest(
  folder: string,
  stages: readonly string[] = [],
  options: {
    readonly only?: string;
    readonly seed?: number;
    readonly runtimes?: readonly string[];
    /** The failures whose lines in the programs are to be found. */
    readonly traced?: FailuresShown;
  } = {},
): Promise<readonly StageResult[]> {
  const lab = await loadLab('week02');
  return gradeFolder({
    lab,
    planned: planGrading(lab, stages, options.only),
    submission: findSubmission(folder, lab.id),
    runtimes: readRuntimes(options.runtimes ?? []),
    ports: DEFAULT_PORTS,
    jobs: availableParallelism(),
    seed: options.seed ?? randomInt(2 ** 31),
    now: () => new Date(),
    environment: process.env,
    temporary: tmpdir(),
    onStage: () => undefined,
    traced: options.traced,
    signal: new AbortController().signal,
  });
}

/** The checks that failed, each with its diagnosis's code: `http_serve2/body: truncated`. */
export function failuresOf(stages: readonly StageResult[]): string[] {
  return stages
    .flatMap(({ checks }) => checks)
    .flatMap(({ id, outcome }) =>
      outcome.status === 'failed' ? [`${id}: ${outcome.diagnosis.code}`] : [],
    );
}
