import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, UsageError } from '../model/errors.ts';
import { whyUnwritable } from '../model/unwritable.ts';

/**
 * Writes a file beside its place and renames it, so that a reader never finds half of it. A device
 * or a pipe is written to as it is, and a link is written through.
 *
 * @param mode what the system's umask is taken from; without it, one that lets nobody execute the file
 * @throws UsageError where the disk is full or does not let it be written
 */
export function writeWhole(file: string, content: string | Uint8Array, mode = 0o666): void {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there && !there.isFile()) writeFileSync(file, content);
    else replaceFile(there ? realpathSync(file) : file, content, mode);
  } catch (error) {
    throw unwritable(
      file,
      whyUnwritable(error) ?? `the system answered ${errorCode(error)}`,
      error,
    );
  }
}

/**
 * Finds out beforehand whether a file could be written: what cannot be kept is not worth the wait.
 *
 * @throws UsageError where it could not
 */
export function refuseUnwritable(file: string): void {
  const folder = dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw unwritable(file, `there is no folder ${folder}`);
  }
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw unwritable(file, 'it is a folder');
  try {
    if (there) accessSync(file, constants.W_OK);
    if (!there || there.isFile()) accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(file, 'it may not be written', error);
  }
}

function replaceFile(file: string, content: string | Uint8Array, mode: number): void {
  const beside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(beside, content, { mode });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function unwritable(file: string, reason: string, cause?: unknown): UsageError {
  return new UsageError(`cannot write ${file}: ${reason}; name another place.`, { cause });
}
