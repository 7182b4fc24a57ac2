import { randomInt } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import type { SubmissionFolder } from '../course/find-submission.ts';
import { composeResult } from '../grade/compose-result.ts';
import { gradeFolder, type GradeFolderOptions } from '../grade/grade-folder.ts';
import type { PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import type { LabResult } from '../model/result.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import { readRuntimes } from '../run/runtimes.ts';
import type { Console } from './console.ts';

export interface Work {
  readonly lab: Lab;
  readonly submission: SubmissionFolder;
  /** What the record calls it. */
  readonly path: string;
  readonly planned: readonly PlannedStage[];
  readonly sandbox: LabResult['grader']['sandbox'];
  readonly cell?: GradeFolderOptions['cell'];
  readonly onStage?: GradeFolderOptions['onStage'];
}

/** Grades work that is in a folder by itself, with nothing chosen by hand. */
export async function gradeWork(
  { lab, submission, path, planned, sandbox, cell, onStage = () => undefined }: Work,
  { environment, signal }: Pick<Console, 'environment' | 'signal'>,
): Promise<LabResult> {
  const startedAt = new Date();
  const beganAt = performance.now();
  const seed = randomInt(2 ** 31);
  const stages = await gradeFolder({
    ...{ lab, submission, planned, seed, environment, signal, onStage },
    runtimes: readRuntimes([]),
    ports: DEFAULT_PORTS,
    jobs: availableParallelism(),
    now: () => new Date(),
    temporary: environment.TMPDIR ?? tmpdir(),
    ...(cell && { cell }),
  });
  const durationMs = performance.now() - beganAt;
  const facts = { lab, seed, startedAt, durationMs, sandbox };
  return composeResult(stages, { ...facts, submission: { id: lab.id, path } });
}
