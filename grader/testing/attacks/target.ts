import type { JsonRun } from '../cli.ts';
import type { Arena, ArenaOptions } from './arena.ts';

/** The kind of cells that is attacked. */
export interface Target {
  readonly openArena: (options?: Omit<ArenaOptions, 'cells'>) => Promise<Arena>;
  /** Runs `grade` with such cells, and other options. */
  readonly grade: (args: readonly string[]) => Promise<JsonRun>;
  /** How many processes of a cell are not the program's. */
  readonly ownProcesses: number;
}
