import type { Detail } from '../model/choose-failures.ts';
import type { Spec } from '../model/check.ts';
import type { Progress } from '../model/progress.ts';

/** How a grading is told in a terminal, and what a user types there. */
export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; at least 40. */
  readonly width: number;
  readonly detail: Detail;
  /** What a user types to grade again, with other stages or one more option. */
  readonly again: (change: { readonly stage?: string; readonly option?: string }) => string;
  /** What a user types to get one more hint on a failed check. */
  readonly hint: (check: string) => string;
  /** What a user types to see a check asked again; undefined where that cannot be done. */
  readonly replay: (check: string) => string | undefined;
  /** What a user types to go on to the next stage. */
  readonly goOn: string;
  /** The rule of a check, where a report is to explain what those that passed have shown. */
  readonly ruleOf?: (check: string) => Spec | undefined;
  /** What has changed since the last run, where that is known. */
  readonly progress?: Progress | undefined;
}
