import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';

/** A stranger's git repository, read as files: git is never run in it. */
export interface Head {
  /** The folder of git's own files, `.git` in a checkout. */
  readonly gitFolder: string;
  /** The commit that is checked out. */
  readonly commit: string;
  /** Commits that a shallow clone ends at. */
  readonly shallow: readonly string[];
}

/**
 * Finds out which commit a checkout, or a bare repository, is at.
 *
 * @param folder as it was typed
 * @throws UsageError where it is neither, or keeps its objects elsewhere
 */
export function findHead(folder: string): Head {
  const gitFolder = [join(folder, '.git'), folder].find(
    (path) => isFolder(join(path, 'objects')) && sizeOfFile(join(path, 'HEAD')) !== undefined,
  );
  if (gitFolder === undefined) {
    throw new UsageError(
      `--head ${folder} is neither a checkout nor a git repository; name a clone of the pull request's branch.`,
    );
  }
  if (sizeOfFile(join(gitFolder, 'objects/info/alternates')) !== undefined) {
    throw new UsageError(
      `--head ${folder} borrows its objects from another repository; clone it without --shared and --reference.`,
    );
  }
  const commit = readCommit(gitFolder);
  if (commit === undefined) {
    throw new UsageError(`--head ${folder} has no commit checked out; check out the one to grade.`);
  }
  const shallow = readSmall(join(gitFolder, 'shallow')).split('\n');
  return { gitFolder, commit, shallow: shallow.filter((line) => COMMIT.test(line)) };
}

const COMMIT = /^[0-9a-f]{40}$/;
const BRANCH = /^ref: (refs\/[^\0-\x20\x7f~^:?*[\\]+)$/;

function readCommit(gitFolder: string): string | undefined {
  const head = readSmall(join(gitFolder, 'HEAD')).trim();
  if (COMMIT.test(head)) return head;
  const branch = BRANCH.exec(head)?.[1];
  if (branch === undefined || branch.split('/').includes('..')) return undefined;
  const loose = readSmall(join(gitFolder, branch)).trim();
  if (COMMIT.test(loose)) return loose;
  const packed = readSmall(join(gitFolder, 'packed-refs')).split('\n');
  return packed
    .find((line) => line.slice(41) === branch && COMMIT.test(line.slice(0, 40)))
    ?.slice(0, 40);
}

const MOST_BYTES = 16 * 1024 * 1024;

/** A plain file of a size that git would write; empty where it is none. */
function readSmall(path: string): string {
  const size = sizeOfFile(path);
  return size !== undefined && size <= MOST_BYTES ? readFileSync(path, 'latin1') : '';
}

function sizeOfFile(path: string): number | undefined {
  const stats = lookAt(path);
  return stats?.isFile() === true ? stats.size : undefined;
}

function isFolder(path: string): boolean {
  return lookAt(path)?.isDirectory() ?? false;
}

function lookAt(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A file in the way, or a folder that may not be looked into: it is not there for us.
    return undefined;
  }
}
