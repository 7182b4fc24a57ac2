import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { errorCode } from '../model/errors.ts';

/** A folder that workers see, of which the batch knows even after it was killed. */
export interface StagingFolder {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Makes the folder in which work is staged, and removes the one that a run which was killed has left.
 *
 * @param temporary the system's folder for temporary files
 * @param note the file of the batch that names its folder
 */
export function makeStagingFolder(temporary: string, note: string): StagingFolder {
  const left = readNote(note);
  if (left !== undefined && isOurs(left)) removeTree(left);
  const path = join(realpathSync(temporary), `${PREFIX}${randomBytes(6).toString('hex')}`);
  // Noted before it is there, so that none is ever forgotten.
  writeFileSync(note, path);
  mkdirSync(path);
  // Who owns a cell goes through here to their own work, and sees nobody else's.
  chmodSync(path, 0o711);
  return {
    path,
    remove: () => {
      removeTree(path);
      rmSync(note, { force: true });
    },
  };
}

const PREFIX = 'wiregrade-batch-';

function readNote(note: string): string | undefined {
  try {
    return readFileSync(note, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Nothing else is ever removed, whatever a note says. */
function isOurs(path: string): boolean {
  const isNamedSo = basename(path).startsWith(PREFIX);
  const stats = isNamedSo ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
  return (stats?.isDirectory() ?? false) && stats?.uid === process.getuid?.();
}

function removeTree(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}
