import { randomInt } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { findSubmission } from '../course/find-submission.ts';
import { composeResult } from '../grade/compose-result.ts';
import { findPrograms } from '../grade/grade-folder.ts';
import { planGrading } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { UngradableWork } from '../model/errors.ts';
import type { Graded } from '../pull/grade-pull.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import type { Runtime } from '../run/runtimes.ts';
import type { Console } from './console.ts';
import { gradeSandboxed } from './grade-sandboxed.ts';
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
  const { runtimes, sandbox, environment, signal } = options;
  const planned = planGrading(lab, [], undefined);
  const startedAt = new Date();
  const beganAt = performance.now();
  const seed = randomInt(2 ** 31);
  try {
    const submission = findSubmission(folder, lab.id);
    // A grader in a cell would look for them too, and could not tell us whose fault it is.
    findPrograms({ lab, submission, runtimes }, planned);
    const stages = await gradeSandboxed({
      ...options,
      ...{ lab, planned, submission, seed },
      ...{ rooms: 0, through: undefined },
      ports: DEFAULT_PORTS,
      jobs: availableParallelism(),
      now: () => new Date(),
      temporary: environment.TMPDIR ?? tmpdir(),
      onStage: () => undefined,
      traced: 'all',
      only: undefined,
    });
    const durationMs = performance.now() - beganAt;
    const work = { id: lab.id, path: `labs/${lab.id}`, commit };
    return composeResult(stages, { lab, seed, startedAt, durationMs, sandbox, submission: work });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UngradableWork) return { status: 'refused', reason: error.message };
    options.onBroken(lab, error);
    return { status: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}
