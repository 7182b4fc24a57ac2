import type { CheckResult } from './result.ts';

/** What has changed since checks were asked before. */
export interface Progress {
  /** How many pass that failed then. */
  readonly fixed: number;
  /** How many fail that passed then. */
  readonly broken: number;
}

/** What became of checks when they were last asked, by their ids with their stages. */
export type Standing = ReadonlyMap<string, 'passed' | 'failed'>;

/** Compares checks with how they stood; one that was not asked, now or then, says nothing. */
export function compareWith(before: Standing, checks: readonly CheckResult[]): Progress {
  const was = (status: 'passed' | 'failed', now: 'passed' | 'failed'): number =>
    checks.filter(({ id, outcome }) => outcome.status === now && before.get(id) === status).length;
  return { fixed: was('failed', 'passed'), broken: was('passed', 'failed') };
}
