import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Anyone may make files here; only who made one may remove it, or put a link in its place. */
const SHARED = 0o1777;

/**
 * Opens a fresh throwaway copy of ours to a program that runs as somebody else. Nobody else has been
 * there yet: what has a second name is none of the copy's, and is left alone.
 *
 * @param fixed files that stay as they are: readable, and no more
 */
export function openCopy(folder: string, fixed: readonly string[]): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stats = lstatSync(path);
    if (stats.isDirectory()) openCopy(path, fixed);
    else if (stats.isFile() && stats.nlink === 1) {
      const executable = stats.mode & 0o111 ? 0o111 : 0;
      chmodSync(path, (fixed.includes(path) ? 0o644 : 0o666) | executable);
    }
  }
  // Last: until now nobody could put anything in.
  chmodSync(folder, SHARED);
}
