import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { gradeFolder, type GradeFolderOptions } from '../grade/grade-folder.ts';
import { planGrading } from '../grade/plan.ts';
import { tellStack, UngradableWork } from '../model/errors.ts';
import type { Answer, Job } from './job.ts';
import { parseJob } from './parse-job.ts';

export type WorkerOptions = Omit<
  GradeFolderOptions,
  'lab' | 'planned' | 'submission' | 'seed' | 'onStage'
> & {
  /** Jobs, one a line. */
  readonly input: Readable;
  /** Takes each answer, as one line. */
  readonly output: (line: string) => void;
};

/** Grades one submission after the other, as it is told, until there are no more. */
export async function serveJobs(options: WorkerOptions): Promise<void> {
  for await (const line of createInterface({ input: options.input })) {
    options.output(`${JSON.stringify(await answer(parseJob(line), options))}\n`);
  }
}

async function answer(
  { lab: id, folder, stages, seed }: Job,
  options: WorkerOptions,
): Promise<Answer> {
  try {
    const lab = await loadLab(id);
    const graded = await gradeFolder({
      ...options,
      lab,
      planned: planGrading(lab, stages, undefined),
      submission: findSubmission(folder, id),
      seed,
      traced: 'all',
      onStage: () => undefined,
    });
    return { status: 'graded', stages: graded };
  } catch (error) {
    if (error instanceof UngradableWork) return { status: 'refused', reason: error.message };
    return { status: 'broken', reason: tellStack(error) };
  }
}
