import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCode, UsageError } from '../model/errors.ts';

/** A submission on disk. */
export interface SubmissionFolder {
  /** Its absolute path. */
  readonly root: string;
  /** The folders, relative to the root, in which programs are looked for. */
  readonly homes: readonly string[];
}

/** Where a class repository keeps a lab. */
const WITHIN_REPOSITORY = ['labs', 'assignments'];

/**
 * Finds a submission: the lab's own folder, or a repository that holds it.
 *
 * @param from a path, as the user gave it
 * @throws UsageError where it is missing, empty, unreadable, or no folder
 */
export function findSubmission(from: string, lab: string): SubmissionFolder {
  const given = resolve(from);
  if (from === '')
    throw new UsageError('--from "" names no folder; name the folder of a submission.');
  if (namesIn(given, from).length === 0) {
    throw new UsageError(`${from} is empty; name a folder with programs of ${lab}.`);
  }
  const within = WITHIN_REPOSITORY.map((name) => join(given, name, lab)).find(isFolder);
  const root = within ?? given;
  // In the course's first years the programs lay in lab/, flat, beside athome/.
  return { root, homes: isFolder(join(root, 'lab')) ? ['.', 'lab'] : ['.'] };
}

function namesIn(path: string, from: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    const reasons = new Map([
      ['ENOENT', 'does not exist'],
      ['ENOTDIR', 'is no folder'],
      ['EACCES', 'may not be read'],
      ['EPERM', 'may not be read'],
    ]);
    const reason = reasons.get(errorCode(error));
    if (reason === undefined) throw error;
    throw new UsageError(`${from} ${reason}; name the folder of a submission.`, { cause: error });
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    // A file stands where a folder on the way should be.
    if (errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
