import { randomInt } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import type { Cell } from '../cell/cell.ts';
import type { SubmissionFolder } from '../course/find-submission.ts';
import { composeResult } from '../grade/compose-result.ts';
import { gradeFolder, type GradeFolderOptions } from '../grade/grade-folder.ts';
import type { PlannedStage } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import type { LabResult, Sandbox } from '../model/result.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import { readRuntimes } from '../run/runtimes.ts';
import type { Console } from './console.ts';
import { DEFAULT_IMAGE } from './default-image.ts';
import { gradeSandboxed } from './grade-sandboxed.ts';

export type Work = {
  readonly lab: Lab;
  readonly submission: SubmissionFolder;
  /** What the record calls it. */
  readonly path: string;
  readonly planned: readonly PlannedStage[];
  readonly traced?: GradeFolderOptions['traced'];
  readonly onStage?: GradeFolderOptions['onStage'];
} & (
  | { readonly sandbox: Sandbox }
  /** A cell that is open already. */
  | { readonly sandbox: 'users'; readonly cell: Cell }
);

const NOTHING_TYPED = {
  ...{ image: DEFAULT_IMAGE, rooms: 0, through: undefined },
  ...{ typed: [], only: undefined },
};

/** Grades work that is in a folder by itself, with nothing chosen by hand. */
export async function gradeWork(
  work: Work,
  { environment, signal }: Pick<Console, 'environment' | 'signal'>,
): Promise<LabResult> {
  const { lab, submission, path, planned, sandbox, traced, onStage = () => undefined } = work;
  const startedAt = new Date();
  const beganAt = performance.now();
  const seed = randomInt(2 ** 31);
  const folder = {
    ...{ lab, submission, planned, seed, environment, signal, traced, onStage },
    runtimes: readRuntimes([]),
    ports: DEFAULT_PORTS,
    jobs: availableParallelism(),
    now: () => new Date(),
    temporary: environment.TMPDIR ?? tmpdir(),
  };
  const stages = await (work.sandbox === 'users'
    ? gradeFolder({ ...folder, cell: work.cell })
    : gradeSandboxed({ ...folder, ...NOTHING_TYPED, sandbox: work.sandbox }));
  const durationMs = performance.now() - beganAt;
  const facts = { lab, seed, startedAt, durationMs, sandbox };
  return composeResult(stages, { ...facts, submission: { id: lab.id, path } });
}
