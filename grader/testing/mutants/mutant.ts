import type { DiagnosisCode } from '../../model/diagnosis.ts';
import type { Edit } from '../submission.ts';

/** A wrong program: the worked solution of one stage with one mistake in it. */
export interface Mutant {
  /** What it does wrong, for example `ends its lines with LF alone`. */
  readonly name: string;
  readonly stage: string;
  /** Each text stands once in the solution, and makes way for the other. */
  readonly edit?: readonly Edit[];
  /** Files of the submission to write, or with `undefined` to delete, by their paths. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  /** The checks that fail, without their stage; those skipped because of these are not named. */
  readonly fails: readonly string[];
  /** The diagnosis of each check that fails. */
  readonly code: DiagnosisCode;
  /** The checks for which the same mistake shows as something else. */
  readonly codes?: Readonly<Record<string, DiagnosisCode>>;
}
