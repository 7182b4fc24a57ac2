import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readOrEmpty } from '../../run/platform/read-proc.ts';

/** Where a container finds its own control group: of the second kind, and of the first. */
const RECORDS = ['sys/fs/cgroup/memory.events', 'sys/fs/cgroup/memory/memory.oom_control'];

/**
 * Makes a count of how many processes of a cell the kernel has killed because they used more memory than
 * the cell as a whole may. It counts before it kills. Only containers have a count: none is as good as
 * zero.
 *
 * @param root of the cell's file system, seen from outside
 */
export function killCounter(root: string): () => number {
  const records = RECORDS.map((record) => join(root, record)).filter((path) => existsSync(path));
  return () => {
    for (const record of records) {
      const [, count] = /^oom_kill (\d+)$/m.exec(readOrEmpty(record)) ?? [];
      if (count !== undefined) return Number(count);
    }
    return 0;
  };
}
