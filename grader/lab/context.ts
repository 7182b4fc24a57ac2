import type { CallOutcome, CallValue } from '../run/call/outcome.ts';
import type { Random } from './random.ts';
import type { ServerUnderTest } from './server.ts';
import type { WebFolder } from './web-folder.ts';

/** A file that was put into the submission's copy before its program was started. */
export interface PlantedFile {
  /** Relative to the folder the program is started in, with `/` between names. */
  readonly path: string;
  readonly bytes: Buffer;
  /** The same bytes in pieces, where it is so large that nobody should need them all at once. */
  readonly pieces?: readonly Buffer[];
}

/** What a check may use. It asks the server, and says what it expects. */
export interface CheckContext {
  /** The same object for all checks of one stage's run. */
  readonly stage: object;
  readonly server: ServerUnderTest;
  /** The files that the program is to serve. */
  readonly web: WebFolder;
  /** A file of the folder the program is started in, as it was given to the program. */
  readonly asset: (path: string) => Buffer;
  /** The file that the stage planted under this name. */
  readonly planted: (name: string) => PlantedFile;
  /** The absolute path of the folder the program is started in. */
  readonly folder: string;
  /** Where a file below `web/` comes from. The path is relative to `web/`. */
  readonly originOf: (path: string) => 'lab' | 'planted' | 'submission';
  /**
   * Calls an exported function, once for each list of arguments, in a process that is there for calls. It may be
   * shared with other checks that call functions at the same moment.
   */
  readonly call: (
    name: string,
    calls: readonly (readonly CallValue[])[],
  ) => Promise<readonly CallOutcome[]>;
  readonly random: Random;
  readonly now: () => Date;
  /** Waits this many milliseconds while other checks go on; only a check that `waits` needs it. */
  readonly rest: (ms: number) => Promise<void>;
  /** Says something that costs nothing. */
  readonly remark: (text: string) => void;
}
