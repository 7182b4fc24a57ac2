import { readdir, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { WATCH_EVERY_MS } from './limits.ts';

/**
 * Looks at the size of a folder while something is written into it.
 *
 * @param exceeded called once, when it holds more than `bytes`
 * @returns a function that ends the watch
 */
export function watchSize(folder: string, bytes: number, exceeded: () => void): () => void {
  let timer: NodeJS.Timeout;
  let watching = true;
  const look = async (): Promise<void> => {
    const size = await sizeOf(folder);
    if (!watching) return;
    if (size > bytes) exceeded();
    else timer = setTimeout(() => void look(), WATCH_EVERY_MS);
  };
  timer = setTimeout(() => void look(), WATCH_EVERY_MS);
  return () => {
    watching = false;
    clearTimeout(timer);
  };
}

/** The bytes of all files in a folder; of one that is not there, or is just going, none. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries.map(({ parentPath, name }) =>
    lstat(join(parentPath, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
