import { lstatSync, readFileSync } from 'node:fs';

/** By this line a hook is known to be ours. */
const SIGNATURE = '# Written by wiregrade';

/** What stands in the place of a hook. */
export type HookFile = 'none' | 'ours' | 'theirs';

/** Tells whose hook it is. A link leads to a file that others may use as well, so that it is theirs. */
export function readHook(path: string): HookFile {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'none';
  return stats.isFile() && readFileSync(path, 'latin1').includes(`\n${SIGNATURE}`)
    ? 'ours'
    : 'theirs';
}
