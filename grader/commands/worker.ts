import { tmpdir } from 'node:os';
import { serveJobs } from '../batch/worker.ts';
import { DEFAULT_PORTS } from '../run/ports.ts';
import { readRuntimes } from '../run/runtimes.ts';
import type { Console, ExitCode } from './console.ts';
import { openCellWithin } from './open-cell-within.ts';
import { readCount } from './read-count.ts';

/** What a batch tells its workers. */
export interface WorkerOptions {
  readonly runtime: readonly string[];
  /** Set in a cell: how many file systems for throwaway copies it has. */
  readonly rooms?: string;
  /** Set in a container: where others are asked for. */
  readonly through?: string;
}

/** Grades what it is told on stdin, one submission after the other. Started by `batch` alone. */
export async function workerCommand(options: WorkerOptions, console: Console): Promise<ExitCode> {
  const { environment, signal, input } = console;
  const rooms = readCount('--rooms', options.rooms, 0);
  await serveJobs({
    input,
    output: console.out,
    runtimes: readRuntimes(options.runtime),
    ports: DEFAULT_PORTS,
    // One program after the other: the slot has one core.
    jobs: 1,
    now: () => new Date(),
    environment,
    temporary: rooms > 0 ? '/tmp' : (environment.TMPDIR ?? tmpdir()),
    ...(rooms > 0 && {
      cell: await openCellWithin({ rooms, through: options.through, environment }),
    }),
    signal,
  });
  return 0;
}
