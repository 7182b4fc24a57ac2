import { constants, type Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEEPEST, LEFT_OUT } from '../../cell/submission-limits.ts';
import { errorCode } from '../../model/errors.ts';
import type { Place } from './find-lab.ts';
import { MOST_LISTED } from './limits.ts';
import { readName } from './read-name.ts';
import { WorkList, type WorkFile } from './work-file.ts';
import { WorkRefused } from './work-refused.ts';

/** A file of a folder, as it was when it was listed. */
export interface FolderFile {
  /** Absolute. */
  readonly file: string;
  readonly dev: number;
  readonly ino: number;
}

/** What stands at a path of a folder. A path that leads through a link ends there. */
export async function lookInFolder(folder: string, path: string): Promise<Place> {
  let at = folder;
  let place: Place = 'folder';
  for (const name of ['', ...path.split('/')]) {
    if (place !== 'folder') return place === 'link' ? 'link' : 'nothing';
    at = name === '' ? at : join(at, name);
    place = placeOf(await statOf(at));
  }
  return place;
}

function placeOf(stats: Stats | undefined): Place {
  if (!stats) return 'nothing';
  if (stats.isSymbolicLink()) return 'link';
  return stats.isDirectory() ? 'folder' : 'other';
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

/**
 * Lists the files of a folder that a student handed in. No link is followed.
 *
 * @throws WorkRefused, at the first thing that may not be taken in
 */
export async function listFolder(
  folder: string,
  signal: AbortSignal,
): Promise<readonly WorkFile<FolderFile>[]> {
  const list = new WorkList<FolderFile>();
  let listed = 0;
  const visit = async (within: string, depth: number): Promise<void> => {
    if (depth > DEEPEST) throw new WorkRefused(`${JSON.stringify(within)} is too deep; move it up`);
    for (const name of await namesIn(join(folder, within), (names) => (listed += names))) {
      signal.throwIfAborted();
      const path = within === '' ? name : `${within}/${name}`;
      const file = join(folder, path);
      const stats = await lstat(file);
      if (stats.isDirectory()) await visit(path, depth + 1);
      else list.add(readFile(path, file, stats));
    }
  };
  await visit('', 0);
  return list.files;
}

async function namesIn(folder: string, count: (names: number) => number): Promise<string[]> {
  const entries = await readdir(folder, { encoding: 'buffer' });
  if (count(entries.length) > MOST_LISTED) {
    throw new WorkRefused(`it holds more than ${String(MOST_LISTED)} files`);
  }
  const names = entries.map(readName).filter((name) => !LEFT_OUT.has(name));
  return names.sort((one, other) => (one < other ? -1 : 1));
}

function readFile(path: string, file: string, stats: Stats): WorkFile<FolderFile> {
  const what = kindOf(stats);
  if (what !== undefined) {
    throw new WorkRefused(`${JSON.stringify(path)} is ${what}; put the file itself there`);
  }
  const { dev, ino, size, mode } = stats;
  return { path, size, executable: (mode & constants.S_IXUSR) !== 0, source: { file, dev, ino } };
}

/** What a file is, where it is none that holds just its own bytes. */
function kindOf(stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return 'a link';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'a device';
  // A second name of a file may be anywhere, and what is written there would come in here.
  return stats.nlink > 1 ? 'a second name of another file (a hard link)' : undefined;
}
