import { findSubmission } from '../course/find-submission.ts';
import { findPrograms } from '../grade/grade-folder.ts';
import { planGrading } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { UngradableWork } from '../model/errors.ts';
import type { Graded } from '../pull/grade-pull.ts';
import type { Runtime } from '../run/runtimes.ts';
import type { Console } from './console.ts';
import { gradeWork } from './grade-work.ts';
import type { SandboxOptions } from './require-cell.ts';

export interface PullWork {
  readonly lab: Lab;
  /** Where the work is staged. */
  readonly folder: string;
  readonly commit: string;
}

export interface GradePullWorkOptions
  extends Pick<SandboxOptions, 'sandbox' | 'image'>, Pick<Console, 'environment' | 'signal'> {
  readonly runtimes: readonly Runtime[];
  /** What was typed of `--runtime`. */
  readonly typed: readonly string[];
  /** Told what broke, for those who mend the grader. */
  readonly onBroken: (lab: Lab, error: unknown) => void;
}

/**
 * Grades the work on one lab of a pull request.
 *
 * @throws the signal's reason
 */
export async function gradePullWork(
  { lab, folder, commit }: PullWork,
  options: GradePullWorkOptions,
): Promise<Graded> {
  const { runtimes, typed, sandbox, image, signal } = options;
  const planned = planGrading(lab, [], undefined);
  try {
    const submission = findSubmission(folder, lab.id);
    // A grader in a cell would look for them too, and could not tell us whose fault it is.
    findPrograms({ lab, submission, runtimes }, planned);
    const work = { lab, submission, planned, path: `labs/${lab.id}`, commit };
    const chosen = { runtimes, typed, sandbox, image, traced: 'all' } as const;
    return await gradeWork({ ...work, ...chosen }, options);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UngradableWork) return { status: 'refused', reason: error.message };
    options.onBroken(lab, error);
    return { status: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}
