import type { ChildProcess } from 'node:child_process';
import type { Exit } from './exit.ts';
import type { Platform } from './platform/platform.ts';

/** How a program is started. */
export interface Launch {
  /** The interpreter's or program's own path, then its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What of the disk it is meant to have. Where nothing confines it, it has all of it. */
  readonly disk?: Disk;
  /** True: it has one more pipe, for notes that the grader reads. */
  readonly takesNotes?: boolean;
}

/** The descriptor of the pipe for notes, above all that a cell needs; preload.cjs writes to it. */
export const NOTES_FD = 9;

/** What a program needs of the disk, besides the system's own programs and libraries. */
export interface Disk {
  /** The throwaway copy, in which it may write. */
  readonly copy: string;
  /** Files of the copy that stay as they are: its own source. */
  readonly fixed: readonly FixedFile[];
  /** Files and folders elsewhere: its interpreter, a loader. */
  readonly reads: readonly string[];
}

/** A file as it was before any program ran; what is at its path by now may be the doing of one. */
export interface FixedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Turns what is to run into what is really started. */
export type Confine = (launch: Launch, platform: Platform) => Confined;

/** A launch as it is really made. */
export interface Confined extends Omit<Launch, 'disk' | 'takesNotes'> {
  /** What it inherits above stdin, stdout and stderr: pipes of its own, or descriptors of ours. */
  readonly descriptors: readonly ('pipe' | number)[];
  /** Closes the descriptors: they are inherited, or the start has failed. */
  readonly release: (hasStarted: boolean) => void;
  /**
   * Takes hold of what was started.
   *
   * @throws MachineFault where what confines the program could not be set up
   */
  readonly hold: (started: ChildProcess & { readonly pid: number }) => Promise<Hold>;
}

/** What is known of a program that runs, and can be done to it. */
export interface Hold {
  /** The program's first process; 0 where it is not there any more, or not yet. */
  readonly leader: () => number;
  /** All its living processes, those included that it left behind. */
  readonly family: () => Promise<readonly number[]>;
  /** Settles when the first process has ended. */
  readonly ended: Promise<Exit>;
  readonly signal: (signal: 'SIGINT' | 'SIGTERM') => Promise<void>;
  /** Kills it, and settles when nothing is left of what this can reach. */
  readonly kill: () => Promise<void>;
}
