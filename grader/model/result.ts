import type { Spec } from './check.ts';
import type { Diagnosis, DiagnosisCode } from './diagnosis.ts';
import type { Transcript } from './transcript.ts';

/** The one record that every report is derived from. Its JSON Schema is `result.schema.json`. */
export interface LabResult {
  readonly schema: 'wiregrade/result/1';
  readonly lab: string;
  readonly title: string;
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly grader: {
    readonly version: string;
    readonly node: string;
    readonly platform: string;
    /** users: the programs of each stage ran as a user of their own, where no cell can be made. */
    readonly sandbox: Sandbox | 'users';
  };
  readonly submission: Submission;
  readonly points: Points;
  readonly stages: readonly StageResult[];
}

/** What the programs ran in. */
export type Sandbox = 'bwrap' | 'docker' | 'none';

/** What was graded: a folder, or a server that was already running. */
interface Submission {
  readonly id: string;
  readonly path: string;
  /** The commit, where it is known. */
  readonly commit?: string;
}

export interface Points {
  readonly earned: number;
  readonly possible: number;
  readonly bonusEarned: number;
  readonly bonusPossible: number;
}

export interface StageResult {
  readonly id: string;
  readonly title: string;
  readonly status: 'graded' | 'not-started' | 'missing';
  /** The program's file, relative to the submission. */
  readonly program?: string;
  readonly durationMs: number;
  readonly points: Points;
  readonly remarks: readonly string[];
  readonly checks: readonly CheckResult[];
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly bonus: boolean;
  readonly earned: number;
  readonly durationMs: number;
  readonly outcome: Outcome;
  /**
   * Where time ran out at first: it was asked once more, alone, and this outcome came of that.
   * `unhindered` where the program could run whenever it wanted to, so that asking for a third time
   * would tell nothing new.
   */
  readonly askedAgain?: { readonly after: DiagnosisCode; readonly unhindered?: true };
}

export type Outcome =
  | Passed
  | Failed
  /** What it comes after did not pass, or its program was never started. */
  | { readonly status: 'skipped'; readonly because: string }
  /** This way of grading cannot ask it; its points are not counted. */
  | { readonly status: 'not-judged'; readonly because: string }
  /** Our fault or the machine's; its points are not counted. */
  | { readonly status: 'broken'; readonly error: string };

interface Passed {
  readonly status: 'passed';
  readonly remarks?: readonly string[];
  /** What went out and what came back, in a line of ASCII, where that was recorded. */
  readonly witness?: string;
}

export interface Failed {
  readonly status: 'failed';
  readonly diagnosis: Diagnosis;
  readonly hints: readonly string[];
  readonly spec?: Spec;
  /** Of the check; where it only looked at an answer, of the check that had asked for it. */
  readonly transcript: Transcript;
  /** A command that asks the same of the server, to paste; `$PORT` is the server's port. */
  readonly reproduce?: string;
}
