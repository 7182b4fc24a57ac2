import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { surveyFolder } from '../cell/survey.ts';
import { labFolder, PROJECT } from '../course/project.ts';
import type { Sandbox } from '../model/result.ts';

/** What has no bearing on a grade: documents, tests, measurements, and what is made of a result. */
const NO_BEARING = /\.md$|\.test\.ts$|^(?:testing|bench|report|release|live|batch|pull|commands)\//;

/** What programs are run by, and in. */
interface Surroundings {
  /** What was typed of `--runtime`. */
  readonly runtime: readonly string[];
  readonly sandbox: Sandbox;
  /** The image that docker makes containers of; of no account elsewhere. */
  readonly image: string;
}

/**
 * Tells this grader, this state of a lab and what programs run in from all others: work is graded anew
 * where one of them is another.
 */
export function graderKey(lab: string, { runtime, sandbox, image }: Surroundings): string {
  const grader = surveyFolder(join(PROJECT, 'grader')).filter(({ path }) => !NO_BEARING.test(path));
  const key = createHash('sha256').update(process.version);
  key.update(JSON.stringify([runtime, sandbox, sandbox === 'docker' ? image : '']));
  for (const { path, source } of [...grader, ...surveyFolder(labFolder(lab))].sort(byPath)) {
    key.update(`\0${path}\0`).update(readFileSync(source));
  }
  return key.digest('hex');
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
