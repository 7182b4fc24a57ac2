import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beganAt } from '../cell/hold/cell-processes.ts';
import { errorCode, UsageError } from '../model/errors.ts';
import { makeFolderDurably } from './sync-folder.ts';

/**
 * Claims the folder of a batch for this process: two that wrote into one would spoil it.
 *
 * @returns gives it back
 * @throws UsageError where another batch is writing there, or nothing can be written
 */
export function claimOut(out: string): () => void {
  const lock = join(out, 'running');
  const owner = claim(out, lock);
  if (owner !== undefined) {
    throw new UsageError(
      `another batch, process ${String(owner)}, is writing to ${out}; wait for it, or choose another --out.`,
    );
  }
  return () => {
    rmSync(lock, { force: true });
  };
}

function claim(out: string, lock: string): number | undefined {
  try {
    makeFolderDurably(out);
    return take(lock);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'].includes(errorCode(error))) {
      throw error;
    }
    throw new UsageError(`--out ${out} cannot be written; name another folder.`, { cause: error });
  }
}

/** Takes a lock. @returns the living process that has it; undefined where it is ours now */
function take(lock: string): number | undefined {
  // All of it is written before it has the name by which others find it.
  const ours = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(ours, `${String(process.pid)} ${beganAt(process.pid) ?? ''}\n`);
    if (link(ours, lock)) return undefined;
    const theirs = read(lock);
    const owner = theirs === undefined ? undefined : ownerOf(theirs);
    if (owner !== undefined) return owner;
    return theirs === undefined ? take(lock) : replace(lock, { theirs, ours });
  } finally {
    rmSync(ours, { force: true });
  }
}

/**
 * Takes the lock of a process that was killed. That needs a lock too: of two that have found it so, the
 * slower would take away the one that the other has just put in its place.
 */
function replace(
  lock: string,
  { theirs, ours }: { readonly theirs: string; readonly ours: string },
): number | undefined {
  const next = `${lock}.next`;
  const owner = take(next);
  if (owner !== undefined) return owner;
  try {
    if (read(lock) !== theirs) return take(lock);
    renameSync(ours, lock);
    return undefined;
  } finally {
    rmSync(next, { force: true });
  }
}

/** Gives a file a second name, unless something has that. */
function link(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** What a lock says; undefined where it has just been given back. */
function read(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The living process that a lock names. */
function ownerOf(text: string): number | undefined {
  const [id, began = ''] = text.trim().split(' ');
  const pid = Number(id);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return undefined;
    // One of another user, which may not be signalled, lives.
    if (errorCode(error) !== 'EPERM') throw error;
  }
  // Ids are given out anew, after a restart of the machine at the latest.
  return began === '' || began === beganAt(pid) ? pid : undefined;
}
