import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stageWork, type StagingTools } from '../batch/fetch/stage-work.ts';
import { findSubmission, type SubmissionFolder } from '../course/find-submission.ts';
import type { Lab } from '../lab/check.ts';
import { UngradableWork } from '../model/errors.ts';
import { readRuntimes } from '../run/runtimes.ts';
import { refuseForeignFolder } from './choose-submission.ts';

/** Work that can be graded. */
export interface TakenIn {
  readonly submission: SubmissionFolder;
  /** Why nothing of it is graded, where that is the student's to mend. */
  readonly remarks: readonly string[];
}

/**
 * Takes in plain files of what a student handed in, and nothing else. Where it cannot be taken in,
 * holds no program, or has two of them in one place, an empty folder is graded in its stead, and the
 * reason is told.
 *
 * @param places what was handed in, and a folder of ours for what is taken in
 */
export async function takeInFolder(
  lab: Lab,
  { folder, scratch }: { readonly folder: string; readonly scratch: string },
  tools: StagingTools,
): Promise<TakenIn> {
  const work = join(scratch, 'work');
  const staged = await stageWork({ from: 'folder', folder, lab: lab.id }, work, tools);
  switch (staged.status) {
    case 'broken':
      throw new Error(`what was handed in cannot be read: ${staged.reason}`);
    case 'refused':
    case 'nothing':
      return takeInNothing(scratch, `${staged.reason}.`);
    case 'staged':
      return takeInPrograms(lab, { work, scratch });
  }
}

function takeInPrograms(
  lab: Lab,
  { work, scratch }: { readonly work: string; readonly scratch: string },
): TakenIn {
  const submission = findSubmission(work, lab.id);
  try {
    refuseForeignFolder('it', { lab, submission, runtimes: readRuntimes([]) });
    return { submission, remarks: [] };
  } catch (error) {
    if (error instanceof UngradableWork) return takeInNothing(scratch, error.message);
    throw error;
  }
}

function takeInNothing(scratch: string, reason: string): TakenIn {
  const root = join(scratch, 'nothing');
  mkdirSync(root);
  return { submission: { root, homes: ['.'] }, remarks: [`Nothing was graded: ${reason}`] };
}
