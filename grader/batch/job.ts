import type { StageResult } from '../model/result.ts';

/** What a worker is asked to grade. */
export interface Job {
  readonly lab: string;
  /** The staged work, as the worker sees it. */
  readonly folder: string;
  /** Empty for all. */
  readonly stages: readonly string[];
  readonly seed: number;
}

/** What a worker answers, in the order in which it was asked. */
export type Answer =
  | { readonly status: 'graded'; readonly stages: readonly StageResult[] }
  /** The work cannot be graded, and its author can mend that. */
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'broken'; readonly reason: string };
