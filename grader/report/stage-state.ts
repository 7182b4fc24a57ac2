import type { StageResult } from '../model/result.ts';

/** How a stage ended, in a word: OOPS is the grader's own mishap. */
export type StageState = 'PASS' | 'FAIL' | 'TODO' | 'OOPS';

/** What is said of a stage in place of how it was graded. */
export const UNGRADED = { 'not-started': 'not started', missing: 'no program' } as const;

/** It passes where each required check that could be judged did. */
export function stateOf(stage: StageResult): StageState {
  if (stage.status !== 'graded') return 'TODO';
  const required = stage.checks.filter(({ bonus }) => !bonus);
  if (stage.checks.some(({ outcome }) => outcome.status === 'broken')) return 'OOPS';
  const fine = required.every(({ outcome }) => ['passed', 'not-judged'].includes(outcome.status));
  return fine ? 'PASS' : 'FAIL';
}
