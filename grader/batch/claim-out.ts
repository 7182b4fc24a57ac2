import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, UsageError } from '../model/errors.ts';

/**
 * Claims the folder of a batch for this process: two that wrote into one would spoil it.
 *
 * @returns gives it back
 * @throws UsageError where another batch is writing there, or nothing can be written
 */
export function claimOut(out: string): () => void {
  const lock = join(out, 'running');
  try {
    mkdirSync(out, { recursive: true });
    if (!take(lock)) {
      const owner = ownerOf(lock);
      if (owner !== undefined) {
        throw new UsageError(
          `another batch, process ${String(owner)}, is writing to ${out}; wait for it, or choose another --out.`,
        );
      }
      // Its owner was killed, or the machine stopped.
      rmSync(lock, { force: true });
      if (!take(lock)) throw new UsageError(`another batch has just begun to write to ${out}.`);
    }
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'].includes(errorCode(error))) {
      throw error;
    }
    throw new UsageError(`--out ${out} cannot be written; name another folder.`, { cause: error });
  }
  return () => {
    rmSync(lock, { force: true });
  };
}

/** Writes the lock, unless there is one. */
function take(lock: string): boolean {
  const { pid } = process;
  try {
    writeFileSync(lock, `${String(pid)} ${startOf(pid)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    // The folder was made, so this is the lock itself.
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The living process that a lock names. */
function ownerOf(lock: string): number | undefined {
  const [id, start] = readFileSync(lock, 'utf8').trim().split(' ');
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
  return start === undefined || start === startOf(pid) ? pid : undefined;
}

/** A word for the moment at which a process was started, where the system tells it. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'ENOTDIR'].includes(errorCode(error))) return '';
    throw error;
  }
}
