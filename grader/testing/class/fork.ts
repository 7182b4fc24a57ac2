/** Files of a repository, by their paths. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** One commit of a made fork. */
export interface ForkCommit {
  /** ISO 8601, UTC, as git keeps it: no fractions of a second. */
  readonly at: string;
  /** Of the author, where it is not the committer's. */
  readonly authoredAt?: string;
  /** Written over those that are there; empty names a commit without changes. */
  readonly files: Files;
}

/** What lateness must cost. */
export interface ExpectedLateness {
  readonly penalty: number;
  /** As the gradebook shows it: `48:01`. */
  readonly lateBy: string;
  readonly days: number;
}

/** What a fork must get, known before it is graded. */
export type Expected =
  | {
      readonly status: 'graded';
      /** Required points by stage; 0 where a stage is left out. */
      readonly stages: Readonly<Record<string, number>>;
      readonly bonus: number;
      readonly late?: ExpectedLateness;
    }
  | { readonly status: 'nothing' | 'refused'; readonly commit: 'chosen' | 'none' };

/** A student of a made class, and their repository. */
export interface Fork {
  readonly id: string;
  readonly name?: string;
  /** How the gradebook shows the name, if not as it is. */
  readonly shownName?: string;
  readonly commits: readonly ForkCommit[];
  /** Which of the commits is graded; the last one, unless it says so. */
  readonly graded?: number;
  /** Commits of what no file system has, made by git's own plumbing, in place of commits. */
  readonly odd?: 'link' | 'dash' | 'line-break' | 'submodule';
  /** Tags, by the commit that each names. */
  readonly tags?: Readonly<Record<string, number>>;
  readonly ref?: string;
  readonly path?: string;
  /** The id of the fork before it whose repository this student shares. */
  readonly shares?: string;
  /** Does harm, or tries to, where nothing holds it. */
  readonly hostile?: boolean;
  readonly expected: Expected;
}

/** When most of the class is done. */
export const IN_TIME = '2026-09-20T10:00:00Z';
