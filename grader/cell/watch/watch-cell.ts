import type { LimitCode } from '../../model/diagnosis.ts';
import type { CellProcesses } from '../hold/cell-processes.ts';
import { LIMITS } from '../limits.ts';
import { killCounter } from './count-kills.ts';
import { measureFiles } from './measure-files.ts';
import { measureMemory, measureProcesses } from './measure-processes.ts';

const EVERY_MS = 50;
/** How often in a row a cell may be seen with as many processes as it may have. */
const CROWDED_LOOKS = 4;
/** Those of the cell that are not the program's, and one that has not been counted yet. */
const SPARE_PROCESSES = 4;

/**
 * Watches what the processes of a cell use together: the kernel limits each of them alone.
 *
 * @param room the file system of its copy, where that has one of its own
 * @param onLimit is told of the first limit that is passed
 */
export function watchCell(
  processes: CellProcesses,
  room: string | undefined,
  onLimit: (limit: LimitCode) => void,
): { readonly stop: () => void } {
  const places = [`${processes.root}/tmp`, `${processes.root}/dev/shm`];
  const countKills = killCounter(processes.root);
  let crowded = 0;
  const look = (): LimitCode | undefined => {
    const files = measureFiles(places);
    const copy = measureFiles(room === undefined ? [] : [room]);
    if (files.isFull || copy.isFull) return 'too-much-output';
    const used = measureProcesses(processes.proc, files.pageBytes);
    if (used.seconds > LIMITS.processorSeconds) return 'out-of-time';
    crowded = used.tasks >= LIMITS.processes - SPARE_PROCESSES ? crowded + 1 : 0;
    if (crowded >= CROWDED_LOOKS) return 'out-of-processes';
    if (countKills() > 0) return 'out-of-memory';
    // What processes share counts once for each of them, unless it is looked at closely.
    const within = used.residentBytes + files.bytes <= LIMITS.memory;
    if (within || measureMemory(processes.proc) + files.bytes <= LIMITS.memory) return undefined;
    return 'out-of-memory';
  };
  const timer = setInterval(() => {
    const limit = look();
    if (limit === undefined) return;
    clearInterval(timer);
    onLimit(limit);
  }, EVERY_MS).unref();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}
