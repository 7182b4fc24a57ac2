import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';

/** Of the path of a Unix socket, in bytes: macOS takes no more. */
const LONGEST = 103;

/** The path of a socket in a folder. @throws UsageError where the folder's own is too long for one */
export function socketIn(folder: string): string {
  const path = join(folder, 'socket');
  if (Buffer.byteLength(path) <= LONGEST) return path;
  throw new UsageError(`${folder} is too long a path for a socket; set TMPDIR to a shorter one.`);
}
