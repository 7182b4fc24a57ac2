import type { Thread } from './platform.ts';
import { listNames, readOrEmpty, statOf } from './read-proc.ts';

/** All threads of these processes. One that ends while it is looked at is left out. */
export function readThreads(pids: readonly number[]): readonly Thread[] {
  return pids.flatMap((pid) => {
    const threads = `/proc/${String(pid)}/task`;
    return listNames(threads).flatMap((id) => readThread(`${threads}/${id}`));
  });
}

/** Where it stands in `stat`, counted from the state on. */
const FAULTS_OF_CHILDREN = 8;

function readThread(folder: string): readonly Thread[] {
  const stat = statOf(folder);
  // How long it ran, how long it waited for a processor, both in nanoseconds, and how often.
  const [, waited] = readOrEmpty(`${folder}/schedstat`).split(' ');
  const [state] = stat;
  const children = stat[FAULTS_OF_CHILDREN];
  if (waited === undefined || children === undefined) return [];
  return [{ id: folder, isAsleep: state === 'S', waitedMs: Number(waited) / 1e6, children }];
}
