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
    const owner = ownerOf(lock);
    if (owner !== undefined) {
      throw new UsageError(
        `another batch, process ${String(owner)}, is writing to ${out}; wait for it, or choose another --out.`,
      );
    }
    writeFileSync(lock, `${String(process.pid)}\n`);
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

/** The living process that a lock names. */
function ownerOf(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // There is no lock, or its owner died. One that may not be signalled lives.
    if (['ENOENT', 'ESRCH'].includes(errorCode(error))) return undefined;
    throw error;
  }
}
