import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { MachineFault } from '../../model/errors.ts';
import type { FolderFile } from './list-folder.ts';
import type { Bytes } from './read-blobs.ts';
import type { WorkFile } from './work-file.ts';

/**
 * Reads a file that was listed before.
 *
 * @throws MachineFault where something else stands in its place by now
 */
export async function* readFolderFile({ path, size, source }: WorkFile<FolderFile>): Bytes {
  // No link that was put there since is followed, and no pipe is waited for.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(source.file, flags);
  try {
    const stats = await file.stat();
    const same = stats.dev === source.dev && stats.ino === source.ino && stats.size === size;
    if (!same || !stats.isFile()) throw changed(path);
    const buffer = Buffer.allocUnsafe(64 * 1024);
    for (let left = size; left > 0;) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(left, buffer.length), null);
      if (bytesRead === 0) throw changed(path);
      left -= bytesRead;
      yield Buffer.from(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

function changed(path: string): MachineFault {
  return new MachineFault(`${JSON.stringify(path)} was changed while it was read; grade again`);
}
