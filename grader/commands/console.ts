import type { Readable } from 'node:stream';

/** What a command may use of the process that it runs in; made by cli.ts alone. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** What comes in on stdin. */
  readonly input: Readable;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal that shows colours. */
  readonly color: boolean;
  /** Whether stdout is a terminal on which a line can be written over. */
  readonly rewrites: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Aborted when the user presses Ctrl-C, or the process is told to end. */
  readonly signal: AbortSignal;
  /** True when the command was typed behind `npm run`. */
  readonly underNpm: boolean;
}

/** What the process exits with; again: it does not, but runs the same anew, by the sources as they are. */
export type ExitCode = 0 | 1 | 2 | 3 | 'again';

/** Is told what the process is to exit with. */
export type End = (code: ExitCode) => void;
