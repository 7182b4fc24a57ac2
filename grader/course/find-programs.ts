import {
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  closeSync,
  statSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../lab/check.ts';
import { errorCode, UngradableWork, UsageError } from '../model/errors.ts';
import type { Runtime } from '../run/runtimes.ts';
import type { SubmissionFolder } from './find-submission.ts';
import { digestProgram, type StarterDigests } from './starters.ts';

/** What a submission has for a stage. */
export type StageProgram =
  | { readonly state: 'found'; readonly program: Program }
  | { readonly state: 'not-started'; readonly file: string }
  | { readonly state: 'missing' };

export interface Program {
  readonly stage: Stage;
  /** Relative to the submission's root, with `/` between names. */
  readonly file: string;
  readonly runtime: Runtime;
  /** The folder that it is started in, relative to the root. It need not exist yet. */
  readonly folder: string;
  /** The folder, relative to the root, in which the lab's assets belong. */
  readonly home: string;
}

interface Candidate {
  readonly file: string;
  readonly runtime: Runtime;
  readonly home: string;
  readonly untouched: boolean;
}

/**
 * Finds the program of a stage: `STAGE/STAGE.EXT`, `STAGE.EXT` or `STAGE/server.EXT`.
 *
 * @throws UngradableWork where two lie in one place; UsageError where one may not be read
 */
export function findProgram(
  submission: SubmissionFolder,
  stage: Stage,
  options: { readonly runtimes: readonly Runtime[]; readonly digests: StarterDigests },
): StageProgram {
  const places = submission.homes.flatMap((home) =>
    [`${stage.id}/${stage.id}`, stage.id, `${stage.id}/server`].map((path) => ({ home, path })),
  );
  let starter: string | undefined;
  for (const { home, path } of places) {
    const candidates = options.runtimes
      .map((runtime) =>
        findCandidate({ submission, home, path, runtime }, options.digests[stage.id]),
      )
      .filter((candidate) => candidate !== undefined);
    // An untouched starter never stands in the way of a program in another language.
    const written = candidates.filter(({ untouched }) => !untouched);
    const [program, other] = written.length > 0 || !stage.given ? written : candidates;
    if (program && other) {
      throw new UngradableWork(
        `${stage.id} has two programs, ${program.file} and ${other.file}; keep one of them.`,
      );
    }
    if (program) return { state: 'found', program: place(program, stage, submission) };
    starter ??= candidates[0]?.file;
  }
  return starter === undefined ? { state: 'missing' } : { state: 'not-started', file: starter };
}

function findCandidate(
  at: { submission: SubmissionFolder; home: string; path: string; runtime: Runtime },
  digest: string | undefined,
): Candidate | undefined {
  const { submission, home, runtime } = at;
  const name = runtime.extension === '' ? at.path : `${at.path}.${runtime.extension}`;
  const file = home === '.' ? name : `${home}/${name}`;
  const path = join(submission.root, file);
  const stats = statOrNothing(path);
  if (!stats?.isFile() || !isRunnable(path, runtime, stats.mode)) return undefined;
  const untouched = digest !== undefined && digestProgram(readProgram(path)) === digest;
  return { file, runtime, home, untouched };
}

/** A path may lead through a file as if it were a folder: a program without an ending, for one. */
function statOrNothing(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** A file without an extension is a program only if it says how it is run. */
function isRunnable(path: string, { extension, commands }: Runtime, mode: number): boolean {
  if (extension !== '' || commands.length > 0) return true;
  return (mode & 0o111) !== 0 && startOf(path) === '#!';
}

function startOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(2);
    readSync(file, start);
    return start.toString('latin1');
  } finally {
    closeSync(file);
  }
}

function readProgram(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} may not be read; check its permissions.`, { cause: error });
  }
}

function place(
  { file, runtime, home }: Candidate,
  stage: Stage,
  submission: SubmissionFolder,
): Program {
  const inHome = home === '.' ? stage.folder : join(home, stage.folder);
  const there = stage.folder === '.' ? undefined : join(submission.root, stage.folder);
  const beside = there !== undefined && statOrNothing(there)?.isDirectory() === true;
  // A flat program without a folder of its own works in the folder that it lies in.
  const folder = beside ? stage.folder : inHome;
  const flat = stage.folder !== '.' && !file.includes(`${stage.id}/`) && !beside;
  return { stage, file, runtime, home, folder: toPosix(flat ? home : folder) };
}

function toPosix(path: string): string {
  return path.split('\\').join('/');
}

/** Whether a submission holds anything of a lab at all: a program, or a starter. */
export function isSubmission(programs: readonly StageProgram[]): boolean {
  return programs.some(({ state }) => state !== 'missing');
}

/** The names in a folder that could have been meant as programs, to be shown where none was found. */
export function listProgramNames(root: string): string[] {
  return readdirSync(root).filter((name) => /\.(?:[mc]?[jt]s|py|sh)$/.test(name));
}
