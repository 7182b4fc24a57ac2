import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { solutionsFolder } from '../course/project.ts';

/** A change of one program: the text to be found, once, and what takes its place. */
export type Edit = readonly [find: string | RegExp, replace: string];

/** A submission made for one test. Who makes it removes it. */
export interface TestSubmission {
  readonly folder: string;
  readonly remove: () => void;
}

/** Makes a submission from files, by their paths in it. */
export function makeSubmission(files: Readonly<Record<string, string | Buffer>>): TestSubmission {
  const folder = mkdtempSync(join(tmpdir(), 'submission-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a submission of week02's worked solution of one stage, with edits. */
export function editSolution(stage: string, edits: readonly Edit[] = []): TestSubmission {
  const submission = makeSubmission({});
  cpSync(join(solutionsFolder('week02'), stage), join(submission.folder, stage), {
    recursive: true,
  });
  const file = join(submission.folder, stage, `${stage}.ts`);
  writeFileSync(file, edits.reduce(applyEdit, readFileSync(file, 'utf8')));
  return submission;
}

/** @throws Error where the text to be found does not stand there exactly once */
function applyEdit(text: string, [find, replace]: Edit): string {
  const parts = text.split(find);
  if (parts.length !== 2)
    throw new Error(`${String(find)} stands there ${String(parts.length - 1)} times, not once`);
  return text.replace(find, () => replace);
}
