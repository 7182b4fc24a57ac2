/** A program that a worker wants to have started in a container of its own. Paths are as it sees them. */
export interface StartOrder {
  readonly command: readonly string[];
  readonly cwd: string;
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Which of the worker's rooms it has; undefined for none. */
  readonly room: number | undefined;
  /** Files of its copy that stay as they are. */
  readonly fixed: readonly SentFile[];
  /** What it reads of the grader's own folder. */
  readonly reads: readonly string[];
  /** Whether it has the pipe for notes. */
  readonly takesNotes: boolean;
}

export interface SentFile {
  readonly path: string;
  readonly base64: string;
}

/** What became of an order. */
export type StartAnswer =
  | {
      readonly status: 'started';
      /** The container's first process, by its number on the machine of the engine. */
      readonly pid: number;
      /** The folder of its pipes: see `pipes.ts`. */
      readonly pipes: string;
    }
  | { readonly status: 'failed'; readonly reason: string };

/** What a worker says once nothing is left of its program; otherwise the container is removed. */
export const GONE = 'gone';
