import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Edit } from '../lab/proofs.ts';
import { makeVariant } from '../release/proofs/make-variant.ts';

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
export function editSolution(stage: string, edit: readonly Edit[] = []): TestSubmission {
  const submission = makeSubmission({});
  makeVariant('week02', { name: '', stage, edit }, submission.folder);
  return submission;
}
