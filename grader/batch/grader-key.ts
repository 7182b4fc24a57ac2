import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { surveyFolder } from '../cell/survey.ts';
import { labFolder, PROJECT } from '../course/project.ts';

/** What has no bearing on a grade: documents, tests, measurements, and what is made of a result. */
const NO_BEARING = /\.md$|\.test\.ts$|^(?:testing|bench|report|release|live|batch|pull|commands)\//;

/** Tells this grader, and this state of a lab, from all others: work is graded anew by another one. */
export function graderKey(lab: string): string {
  const grader = surveyFolder(join(PROJECT, 'grader')).filter(({ path }) => !NO_BEARING.test(path));
  const key = createHash('sha256').update(process.version);
  for (const { path, source } of [...grader, ...surveyFolder(labFolder(lab))].sort(byPath)) {
    key.update(`\0${path}\0`).update(readFileSync(source));
  }
  return key.digest('hex');
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
