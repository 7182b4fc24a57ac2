import type { LabResult, Sandbox } from './result.ts';
import type { Verdict } from './score.ts';

/** What became of a pull request. Its JSON Schema is `ci-record.schema.json`. */
export interface CiRecord {
  readonly schema: 'wiregrade/ci/1';
  /** The commit whose work was graded. */
  readonly head: string;
  /** The commit of the grader. */
  readonly base: string;
  /** What was asked for, as it was typed: `all`, stages, or `points:N`. */
  readonly require: string;
  readonly sandbox: Sandbox;
  readonly verdict: Verdict;
  /** Why, in a sentence. */
  readonly reason: string;
  readonly labs: readonly CiLab[];
  readonly ignored: IgnoredChanges;
}

/** One lab of a pull request. */
export interface CiLab {
  readonly lab: string;
  readonly verdict: Verdict;
  /** Why, in a sentence. */
  readonly reason: string;
  /** Missing where the work could not be graded. */
  readonly result?: LabResult;
}

/** What a pull request changes besides its author's work in a lab: none of it was used. */
export interface IgnoredChanges {
  readonly paths: readonly string[];
  /** How many there are besides. */
  readonly more: number;
}

/** The worst of verdicts; what broke on our side comes before what failed, since it may be either. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('broken')) return 'broken';
  return verdicts.includes('failed') ? 'failed' : 'passed';
}
