import type { SurveyedFile } from '../cell/survey.ts';
import type { Workspace } from '../cell/workspace.ts';
import type { Program } from '../course/find-programs.ts';
import type { Check } from '../lab/check.ts';
import type { Children } from '../run/children.ts';
import type { Environment } from '../run/environment.ts';
import type { Happening } from '../wire/recorder.ts';
import type { Gate } from './gate.ts';
import type { Patience } from './out-of-time.ts';

/** Is told what happens when a check is asked. */
export type Watch = (check: Check, happening: Happening) => void;

/** What all stages of one grading share. */
export interface Session {
  readonly seed: number;
  readonly now: () => Date;
  readonly environment: Environment;
  readonly workspace: Workspace;
  readonly children: Children;
  /** The word that marks all processes of this grading. */
  readonly mark: string;
  readonly pickPort: () => Promise<number>;
  /** Runs an act that keeps a core busy once one is free; the longest wait goes first. */
  readonly whenFree: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Holds all else back while something is done alone. */
  readonly gate: Gate;
  readonly patience: Patience;
  /** Told of all that happens on the wire, as it happens. */
  readonly watch?: Watch | undefined;
  /** Files of the submission over those of the lab that it lacks, by their paths in a copy. */
  readonly files: (program: Program) => readonly SurveyedFile[];
  /** The lab's own files below `web/`, by their paths in it. */
  readonly givenFiles: readonly string[];
}
