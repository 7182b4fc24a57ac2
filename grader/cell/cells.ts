import type { ChildProcess } from 'node:child_process';
import type { Sandbox } from '../model/result.ts';
import type { Environment } from '../run/environment.ts';
import type { Runtime } from '../run/runtimes.ts';

/** What programs can run in, if they run in anything. */
export type CellKind = Exclude<Sandbox, 'none'>;

/** Which cells are meant, and where they are made. */
export interface CellOptions {
  readonly kind: CellKind;
  /** The image that docker makes containers of. */
  readonly image: string;
  /** The grader's own folder. */
  readonly project: string;
  /** The system's folder for temporary files. */
  readonly temporary: string;
  /** The coordinator's own environment, of which a cell gets nothing. */
  readonly environment: Environment;
}

/** Whether cells can be made here. */
export type CellTrial =
  | { readonly works: true }
  /** One sentence, with the way out. */
  | { readonly works: false; readonly reason: string };

/** The cell of a worker: a grader with a network of its own. All paths are absolute. */
export interface WorkerCell {
  /** What Node is to run: a file, and its arguments. Those of `--runtime` and of cells are added. */
  readonly script: readonly string[];
  readonly runtimes: readonly Runtime[];
  /** What was typed of `--runtime`. */
  readonly typed: readonly string[];
  /** What it reads besides the grader itself: the work that it grades. */
  readonly sees: readonly string[];
  /** Folders that it shares with us, to write in: for a socket at which it is reached. */
  readonly shares?: readonly string[];
  /** How many file systems of limited size it has for throwaway copies: one a stage. */
  readonly rooms: number;
  /** More for its environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The cores that it, and what it starts, may use; undefined for all. */
  readonly cores?: readonly number[];
  /** Whether it lives on, and is held to limits as a whole where that can be had. */
  readonly livesOn?: boolean;
}

/** The cells of one coordinator. */
export interface Cells {
  /**
   * Whom the cells of a slot belong to: an ordinary user that a coordinator who is root becomes.
   * What they are to see must be theirs. Undefined: who we are.
   */
  readonly ownerOf: (slot: number) => number | undefined;
  /**
   * Makes ready for the workers of a slot, one after the other.
   *
   * @returns what starts one, with pipes as its stdin, stdout and stderr. Killing it ends all that is
   *   in the cell.
   */
  readonly prepare: (cell: WorkerCell, slot: number) => Promise<() => ChildProcess>;
  /** Settles when nothing is left of any of them. */
  readonly close: () => Promise<void>;
}

/** Whom cells belong to; see `Cells`. */
export function ownerOfCells(slot: number): number | undefined {
  return process.getuid?.() === 0 ? FIRST_OWNER + slot : undefined;
}

/** Numbers that systems give to nobody by themselves. */
const FIRST_OWNER = 64_000;
