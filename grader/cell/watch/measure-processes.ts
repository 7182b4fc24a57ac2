import { readOrEmpty, statOf } from '../../run/platform/read-proc.ts';
import { listProcesses } from '../hold/cell-processes.ts';

/** What the processes of a cell use together. */
export interface ProcessUse {
  /** Processes and their threads. */
  readonly tasks: number;
  /** Of processor time; of processes that have ended too, where their parents waited for them. */
  readonly seconds: number;
  /** Of memory; what several of them share is counted several times. */
  readonly residentBytes: number;
}

/** Where these stand in `/proc/PID/stat`, counted from the state on. */
const [OWN_USER, OWN_SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM] = [11, 12, 13, 14];
const THREADS = 17;
const RESIDENT_PAGES = 21;
const TICKS_PER_SECOND = 100;

/** Measures all processes. @param proc the cell's own /proc */
export function measureProcesses(proc: string, pageBytes: number): ProcessUse {
  let tasks = 0;
  let ticks = 0;
  let pages = 0;
  for (const pid of listProcesses(proc)) {
    const stat = statOf(`${proc}/${String(pid)}`);
    const read = (place: number): number => Number(stat[place] ?? 0);
    tasks += read(THREADS);
    pages += read(RESIDENT_PAGES);
    ticks += read(OWN_USER) + read(OWN_SYSTEM) + read(CHILDREN_USER) + read(CHILDREN_SYSTEM);
  }
  return { tasks, seconds: ticks / TICKS_PER_SECOND, residentBytes: pages * pageBytes };
}

/**
 * Measures the memory of all processes closely, in bytes: what several of them share is counted
 * once. It takes as long as there is memory to look at.
 *
 * @param proc the cell's own /proc
 */
export function measureMemory(proc: string): number {
  return listProcesses(proc)
    .map((pid) => readOrEmpty(`${proc}/${String(pid)}/smaps_rollup`))
    .map((text) => 1024 * Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0))
    .reduce((sum, bytes) => sum + bytes, 0);
}
