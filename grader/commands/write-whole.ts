import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode, UsageError } from '../model/errors.ts';

/**
 * Writes a file beside its place and renames it, so that a reader never finds half of it.
 *
 * @throws UsageError where the disk is full or does not let it be written
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const beside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    const code = errorCode(error);
    const reason = code === 'ENOSPC' ? 'the disk is full' : `the system answered ${code}`;
    throw new UsageError(`cannot write ${file}: ${reason}; name another place.`, { cause: error });
  }
}
