import { realpathSync } from 'node:fs';
import type { Disk } from '../run/confine.ts';
import { errorCode } from '../model/errors.ts';

/**
 * The files of a copy that are to stay as they are, as far as they are there. A program that is started
 * again may have put a link in the place of its source, or of a folder on the way: that leads to files
 * that it is not to see, so it is left as it is.
 */
export function listFixed(disk: Disk | undefined): readonly string[] {
  return (disk?.fixed ?? []).filter((path) => isItself(path));
}

function isItself(path: string): boolean {
  try {
    return realpathSync(path) === path;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(errorCode(error))) return false;
    throw error;
  }
}
