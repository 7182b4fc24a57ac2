import { realpathSync } from 'node:fs';
import type { Disk, FixedFile } from '../run/confine.ts';
import { errorCode } from '../model/errors.ts';

/**
 * The files of a copy that are to stay as they are, as far as there is still a place for them. A program
 * that is started again may have put a link in the place of its source, or of a folder on the way: that
 * is left as it is. Whatever the place holds by now is not read: another program may be changing it.
 */
export function listFixed(disk: Disk | undefined): readonly FixedFile[] {
  return (disk?.fixed ?? []).filter(({ path }) => isItself(path));
}

function isItself(path: string): boolean {
  try {
    return realpathSync(path) === path;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(errorCode(error))) return false;
    throw error;
  }
}
