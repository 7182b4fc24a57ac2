import { statSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../course/find-programs.ts';
import { findSubmission, type SubmissionFolder } from '../../course/find-submission.ts';
import { readStarterDigests } from '../../course/starters.ts';
import { filesFor } from '../../grade/grade-folder.ts';
import type { PlannedStage } from '../../grade/plan.ts';
import type { Lab } from '../../lab/check.ts';
import { isGone, UsageError } from '../../model/errors.ts';
import type { Runtime } from '../../run/runtimes.ts';
import { filesThatMatter } from './files-that-matter.ts';
import { fingerprinter } from './fingerprint.ts';

/** What a submission is like at one moment, as far as verdicts depend on it. */
export type Snapshot =
  | {
      readonly state: 'taken';
      readonly submission: SubmissionFolder;
      readonly stages: ReadonlyMap<string, StageSnapshot>;
    }
  /** It cannot be graded like this. @property message for the user */
  | { readonly state: 'unusable'; readonly message: string }
  /** Files went away while they were looked at; what becomes of them will be told. */
  | { readonly state: 'unsettled' };

export interface StageSnapshot {
  /** Two that differ mean that the verdict may. */
  readonly fingerprint: string;
  /** False where there is no program, or one without a byte, as while an editor saves it. */
  readonly hasProgram: boolean;
}

export interface SnapshotOptions {
  /** The submission, as the user named it. */
  readonly from: string;
  readonly lab: Lab;
  readonly planned: readonly PlannedStage[];
  readonly runtimes: readonly Runtime[];
}

/** Looks at a submission. */
export function takeSnapshot(options: SnapshotOptions): Snapshot {
  try {
    const submission = findSubmission(options.from, options.lab.id);
    return { state: 'taken', submission, stages: lookAtStages(submission, options) };
  } catch (error) {
    if (isGone(error)) return { state: 'unsettled' };
    if (error instanceof UsageError) return { state: 'unusable', message: error.message };
    throw error;
  }
}

function lookAtStages(
  submission: SubmissionFolder,
  { lab, planned, runtimes }: SnapshotOptions,
): ReadonlyMap<string, StageSnapshot> {
  const digests = readStarterDigests(lab.id);
  const filesOf = filesFor(lab, submission);
  const fingerprint = fingerprinter();
  return new Map(
    planned.map(({ stage }) => {
      const found = findProgram(submission, stage, { runtimes, digests });
      if (found.state !== 'found') {
        return [stage.id, { fingerprint: found.state, hasProgram: found.state !== 'missing' }];
      }
      const { program } = found;
      const files = filesThatMatter(lab, program, filesOf(program));
      return [
        stage.id,
        {
          fingerprint: `${program.file} ${fingerprint(files)}`,
          hasProgram: statSync(join(submission.root, program.file)).size > 0,
        },
      ];
    }),
  );
}
