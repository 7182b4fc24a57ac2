import type { CallOutcome } from './outcome.ts';

/** What a caller has told so far; `done` once it has come to its end. */
export interface CallerReport {
  /** Those of each group that was begun. */
  readonly answers: readonly (readonly CallOutcome[])[];
  readonly done: boolean;
}

/**
 * Finds the latest report of a caller in what its process printed.
 *
 * @param word begins and ends each report; no program can know it
 * @returns undefined where the caller has not come to its first call
 */
export function parseAnswers(stdout: string, word: string): CallerReport | undefined {
  const line = stdout.split('\n').findLast((text) => text.startsWith(word) && text.endsWith(word));
  // Written by our own caller; a program that forges it lies about its own functions alone.
  return line === undefined
    ? undefined
    : (JSON.parse(line.slice(word.length, -word.length)) as CallerReport);
}
