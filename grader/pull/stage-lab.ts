import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stageWork, type Staged, type StagingTools } from '../batch/fetch/stage-work.ts';
import { findSubmission } from '../course/find-submission.ts';
import type { PullRequest } from './fetch-pull.ts';
import type { LabFiles } from './sort-changes.ts';

/**
 * Writes a student's work in a lab into an empty folder, without what is the course's: the grader
 * puts its own in these places.
 */
export async function stageLab(
  { repository, head }: PullRequest,
  { id, courseFiles }: LabFiles,
  { into, ...tools }: StagingTools & { readonly into: string },
): Promise<Staged> {
  const work = {
    from: 'repository',
    repository,
    commit: head,
    lab: id,
    path: `labs/${id}`,
  } as const;
  const staged = await stageWork(work, into, tools);
  if (staged.status !== 'staged') return staged;
  // Wherever programs would be looked for, the files that they serve lie beside them.
  const { root, homes } = findSubmission(into, id);
  for (const home of homes) {
    for (const path of courseFiles) clearPlace(join(root, home), path.split('/'));
  }
  if (readdirSync(into).length > 0) return staged;
  return { status: 'nothing', reason: `labs/${id} holds no work` };
}

/** Removes what stands in a file's place, and a file that stands where its folder should be. */
function clearPlace(folder: string, names: readonly string[]): void {
  for (const depth of names.keys()) {
    const path = join(folder, ...names.slice(0, depth + 1));
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats) return;
    const isFolderOnTheWay = stats.isDirectory() && depth < names.length - 1;
    if (!isFolderOnTheWay) rmSync(path, { recursive: true });
  }
}
