import { copyFileSync, mkdirSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CellOptions, Cells } from '../cell/cells.ts';
import { openCells } from '../cell/open-cells.ts';
import { surveyFolder } from '../cell/survey.ts';
import { tryCells } from '../cell/try/try-cells.ts';
import { PROJECT } from '../course/project.ts';
import { UsageError } from '../model/errors.ts';
import type { StageResult } from '../model/result.ts';
import type { Runtime } from '../run/runtimes.ts';
import { parseStages } from './parse-stages.ts';

export interface GradeInCellOptions {
  readonly lab: string;
  /** The stages to be graded, by their ids. */
  readonly stages: readonly string[];
  /** The submission's folder. */
  readonly folder: string;
  readonly runtimes: readonly Runtime[];
  /** What was typed of `--runtime`. */
  readonly typed: readonly string[];
  /** Options of `grade` that the grader in the cell is given as well. */
  readonly repeated: readonly string[];
  readonly cells: CellOptions;
  readonly signal: AbortSignal;
}

/**
 * Grades a submission by a grader that runs in a cell itself, with a network of its own, and every
 * program in another one within.
 *
 * @throws UsageError where no cell can be made here, with the reason and the way out
 */
export async function gradeInCell(options: GradeInCellOptions): Promise<readonly StageResult[]> {
  const { signal } = options;
  const { kind, temporary } = options.cells;
  const trial = await tryCells(options.cells);
  if (!trial.works) throw new UsageError(`--sandbox ${kind}: ${trial.reason}`);
  const cells = await openCells(options.cells);
  // A copy for those who may not read the submission where it is.
  const copy =
    cells.ownerOf(0) === undefined ? undefined : mkdtempSync(join(temporary, 'wiregrade-work-'));
  try {
    if (copy !== undefined) copyFolder(options.folder, copy);
    return await askWithin({ ...options, folder: copy ?? options.folder }, cells);
  } finally {
    await cells.close();
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true });
    signal.throwIfAborted();
  }
}

async function askWithin(
  { lab, stages, folder, runtimes, typed, repeated, signal }: GradeInCellOptions,
  cells: Cells,
): Promise<readonly StageResult[]> {
  const launcher = join(PROJECT, 'grader/launch.mjs');
  const start = await cells.prepare(
    {
      script: [
        ...[launcher, 'grade', lab, ...stages, '--from', folder],
        ...[...repeated, '--sandbox', 'within', '--format', 'json'],
      ],
      runtimes,
      typed,
      sees: [folder],
      rooms: stages.length,
    },
    0,
  );
  signal.throwIfAborted();
  const worker = start();
  const end = (): void => void worker.kill('SIGKILL');
  signal.addEventListener('abort', end);
  try {
    worker.stdin?.end();
    const [told, words] = await Promise.all([
      text(worker.stdout ?? NOTHING),
      text(worker.stderr ?? NOTHING),
    ]);
    if (!told.startsWith('{')) throw new Error(`the grader in the cell ended: ${words}`);
    return parseStages(told);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

const NOTHING = Readable.from([]);

function copyFolder(from: string, to: string): void {
  chmodSync(to, 0o755);
  for (const { source, path } of surveyFolder(from)) {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
    chmodSync(target, 0o755);
  }
}
