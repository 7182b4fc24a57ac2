import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { isOfSystem } from '../cell/bwrap/system-folders.ts';
import { findInterpreters, toolsOf } from '../cell/find-interpreters.ts';
import { ownerOfCells, startOuter, type CellOwner } from '../cell/start-outer.ts';
import { surveyFolder } from '../cell/survey.ts';
import { tryCell } from '../cell/try/try-cell.ts';
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
  /** Options of `grade` that the grader in the cell is given as well. */
  readonly repeated: readonly string[];
  readonly environment: CellOwner['environment'];
  readonly temporary: string;
  readonly signal: AbortSignal;
}

/**
 * Grades a submission by a grader that runs in a cell itself, with a network of its own, and every
 * program in another one within.
 *
 * @throws UsageError where no cell can be made here, with the reason and the way out
 */
export async function gradeInCell(options: GradeInCellOptions): Promise<readonly StageResult[]> {
  const { environment, temporary, signal } = options;
  const owner: CellOwner = { uid: ownerOfCells(0), environment };
  const trial = await tryCell({ ...owner, project: PROJECT, temporary });
  if (!trial.works) throw new UsageError(`--sandbox bwrap: ${trial.reason}`);
  // A copy for those who may not read the submission where it is.
  const copy =
    owner.uid === undefined ? undefined : mkdtempSync(join(temporary, 'wiregrade-work-'));
  try {
    if (copy !== undefined) copyFolder(options.folder, copy);
    return await askWithin({ ...options, folder: copy ?? options.folder }, owner);
  } finally {
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true });
    signal.throwIfAborted();
  }
}

async function askWithin(
  { lab, stages, folder, runtimes, repeated, signal }: GradeInCellOptions,
  owner: CellOwner,
): Promise<readonly StageResult[]> {
  const tools = toolsOf(owner);
  const { typed, files } = await findInterpreters(runtimes, tools);
  // Where the launcher keeps the bundle if it cannot write into the project.
  const bundles = [join(tools.HOME ?? '/', '.cache/wiregrade')].filter((path) => existsSync(path));
  const launcher = join(PROJECT, 'grader/launch.mjs');
  const worker = startOuter(
    {
      command: [
        ...[process.execPath, launcher, 'grade', lab, ...stages, '--from', folder],
        ...[...typed, ...repeated, '--sandbox', 'within', '--format', 'json'],
      ],
      sees: [PROJECT, folder, ...files, ...bundles].filter((path) => !isOfSystem(path)),
      rooms: stages.length,
      environment: {
        PATH: tools.PATH ?? '',
        ...(tools.HOME !== undefined && { HOME: tools.HOME }),
      },
    },
    owner,
  );
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
