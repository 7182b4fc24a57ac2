import { statfsSync, type StatsFs } from 'node:fs';
import { whenGone } from '../../run/platform/read-proc.ts';
import { LIMITS } from '../limits.ts';

/** What lies in file systems that are kept in memory. */
export interface FileUse {
  readonly bytes: number;
  /** Whether one of them has no room left, in bytes or in files. */
  readonly isFull: boolean;
  /** The size of a page of memory, which is what they count in. */
  readonly pageBytes: number;
}

/** Measures file systems, each named by a folder in it. One that is not there any more is empty. */
export function measureFiles(folders: readonly string[]): FileUse {
  const systems = folders.flatMap(statfsOf);
  return {
    bytes: systems.reduce((sum, { blocks, bfree, bsize }) => sum + (blocks - bfree) * bsize, 0),
    isFull: systems.some(({ bfree, files, ffree }) => bfree === 0 || files - ffree > LIMITS.files),
    pageBytes: systems[0]?.bsize ?? 4096,
  };
}

function statfsOf(folder: string): readonly StatsFs[] {
  try {
    return [statfsSync(folder)];
  } catch (error) {
    return whenGone(error, []);
  }
}
