import type { DiagnosisCode } from './diagnosis.ts';
import type { Outcome, Points, Sandbox, StageResult } from './result.ts';

/** A student of a class, as the roster has them. */
export interface Student {
  /** Unique in the class; names files, so it holds neither slashes nor white space. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly section: string;
}

/** How late a submission is, and what that costs. */
export interface Lateness {
  /** ISO 8601, UTC: when the student's work was done. */
  readonly submittedAt: string;
  /** ISO 8601, UTC: when it was due for this student, extensions counted. */
  readonly dueAt: string;
  /** Seconds behind the due time; 0 where it is in time. */
  readonly lateSeconds: number;
  /** Days that a penalty is for, slip days taken off. */
  readonly penaltyDays: number;
  readonly slipDaysUsed: number;
}

/** What a gradebook keeps of a result; the whole of it is in a file of its own. */
export interface Grade {
  readonly points: Points;
  /** What the policy for late work takes off, in points; 0 or more. */
  readonly penalty: number;
  /** Points and bonus without the penalty, never below 0: the number that counts. */
  readonly final: number;
  readonly lateness?: Lateness;
  readonly stages: readonly GradedStage[];
}

interface GradedStage {
  readonly id: string;
  readonly status: StageResult['status'];
  readonly points: Points;
  readonly checks: readonly GradedCheck[];
}

export interface GradedCheck {
  /** With its stage, for example `http_serve2/body`. */
  readonly id: string;
  readonly status: Outcome['status'];
  readonly earned: number;
  /** The diagnosis, where it failed. */
  readonly code?: DiagnosisCode;
  /** What happened, in a sentence, where it failed. A student's program may have had a hand in it. */
  readonly summary?: string;
}

/** How the work of one student ended. */
export type BatchOutcome =
  | { readonly status: 'graded'; readonly grade: Grade }
  /** There is nothing to grade: no commit in time, or no folder of the lab. It earns nothing. */
  | { readonly status: 'nothing'; readonly reason: string }
  /** The work may not be taken in: links, devices, too large. It earns nothing, and the student is told. */
  | { readonly status: 'refused'; readonly reason: string }
  /** Our fault or the machine's, fetching included: no new grade, and one that is there stays. */
  | { readonly status: 'broken'; readonly reason: string; readonly stands?: StandingGrade };

/** The grade that stands since no later grading came to its end. */
export interface StandingGrade extends Pick<BatchRecord, 'commit' | 'key' | 'gradedAt'> {
  readonly grade: Grade;
}

/** One student's record in a batch: what the gradebook, and every page about it, is made from. */
export interface BatchRecord {
  readonly schema: 'wiregrade/batch-record/1';
  readonly student: Student;
  /** Where the work came from: an address or a path, as the roster has it. */
  readonly source: string;
  /** The folder of the lab in it, where the roster says so. */
  readonly path?: string;
  readonly commit?: string;
  /** Tells whether work, lab and grader are the same as before. */
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly gradedAt: string;
  readonly outcome: BatchOutcome;
  /** Earlier grades of this student, the latest last. */
  readonly history: readonly GradeThen[];
}

/** A grade that has been replaced. */
export interface GradeThen {
  readonly gradedAt: string;
  readonly commit?: string;
  readonly final: number;
}

/** What is graded: a lab, its points, and when it was due. */
export interface BatchTitle {
  readonly lab: string;
  readonly title: string;
  readonly stages: readonly {
    readonly id: string;
    readonly title: string;
    readonly checks: readonly {
      /** With its stage. */
      readonly id: string;
      readonly title: string;
      readonly points: number;
      readonly bonus: boolean;
    }[];
  }[];
  readonly possible: Points;
  /** ISO 8601, UTC; undefined where nothing is due. */
  readonly deadline?: string;
  readonly sandbox: Sandbox;
}
