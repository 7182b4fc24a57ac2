import { randomInt } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import type { Cell } from '../cell/cell.ts';
import type { SubmissionFolder } from '../course/find-submission.ts';
import { composeResult } from '../grade/compose-result.ts';
import { gradeFolder, type GradeFolderOptions } from '../grade/grade-folder.ts';
import type { PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import { readRuntimes, type Runtime } from '../run/runtimes.ts';
import type { Console } from './console.ts';
import { DEFAULT_IMAGE } from './default-image.ts';
import { gradeSandboxed } from './grade-sandboxed.ts';
import type { SandboxOptions } from './require-cell.ts';

export type Work = {
  readonly lab: Lab;
  readonly submission: SubmissionFolder;
  readonly planned: readonly PlannedStage[];
  /** What the record calls it. */
  readonly path: string;
  /** What the record says that it was made from. */
  readonly commit?: string;
  readonly traced?: GradeFolderOptions['traced'];
  readonly onStage?: GradeFolderOptions['onStage'];
} & (Sandboxed | InOpenCell);

interface Sandboxed {
  readonly sandbox: SandboxOptions['sandbox'];
  readonly image?: string;
  readonly runtimes?: readonly Runtime[];
  /** What was typed of `--runtime`. */
  readonly typed?: readonly string[];
}

interface InOpenCell {
  readonly sandbox: 'users';
  readonly cell: Cell;
}

/** Grades work that is in a folder by itself. Of what is not given, nothing was chosen by hand. */
export async function gradeWork(
  work: Work,
  { environment, signal }: Pick<Console, 'environment' | 'signal'>,
): Promise<LabResult> {
  const { lab, submission, planned, path, commit, sandbox, traced } = work;
  const startedAt = new Date();
  const beganAt = performance.now();
  const seed = randomInt(2 ** 31);
  const stages = await gradeIn(work, {
    ...{ lab, submission, planned, seed, environment, signal, traced },
    onStage: work.onStage ?? (() => undefined),
    ports: DEFAULT_PORTS,
    jobs: availableParallelism(),
    now: () => new Date(),
    temporary: environment.TMPDIR ?? tmpdir(),
  });
  const durationMs = performance.now() - beganAt;
  return composeResult(stages, {
    ...{ lab, seed, startedAt, durationMs, sandbox },
    submission: { id: lab.id, path, ...(commit !== undefined && { commit }) },
  });
}

function gradeIn(
  work: Sandboxed | InOpenCell,
  folder: Omit<GradeFolderOptions, 'runtimes' | 'cell'>,
): Promise<readonly StageResult[]> {
  if (work.sandbox === 'users') {
    return gradeFolder({ ...folder, runtimes: readRuntimes([]), cell: work.cell });
  }
  const { sandbox, image = DEFAULT_IMAGE, runtimes = readRuntimes([]), typed = [] } = work;
  const options = { ...folder, sandbox, image, runtimes, typed };
  return gradeSandboxed({ ...options, rooms: 0, through: undefined, only: undefined });
}
