import type { DiagnosisCode } from '../../model/diagnosis.ts';

/** What is kept of one run: a line of JSON. */
export interface RunRecord {
  readonly lab: string;
  /** The submission's folder, as an absolute path. */
  readonly submission: string;
  /** Checks that passed, by their ids with their stages. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** The hints that were shown, one entry for each check. */
  readonly told: readonly Told[];
}

/** How deep the hints went that were shown of a failure. */
export interface Told {
  readonly check: string;
  readonly code: DiagnosisCode;
  /** From 1 to 3. */
  readonly level: number;
}
