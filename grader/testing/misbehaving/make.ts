import { cpSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Edit } from '../../lab/proofs.ts';
import { editSolution, makeSubmission, type TestSubmission } from '../submission.ts';
import type { Misbehaving } from './table.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
/** Whatever else goes wrong, no program outlives this. */
const LAST_RESORT: Edit = [
  'const HOST =',
  'setTimeout(() => process.exit(), 60_000).unref(); const HOST =',
];

/** Makes a submission that misbehaves, with a right program for the stage `echo_server` beside it. */
export function makeMisbehaving({ programs }: Pick<Misbehaving, 'programs'>): TestSubmission {
  const submission = makeSubmission({});
  const add = (stage: string, edits: readonly Edit[]): void => {
    const edited = editSolution(stage, edits);
    cpSync(edited.folder, submission.folder, { recursive: true });
    edited.remove();
  };
  add('echo_server', []);
  for (const [stage, program] of Object.entries(programs)) {
    if (typeof program === 'string') {
      const path = join(submission.folder, stage, `${stage}${extname(program)}`);
      cpSync(join(PROGRAMS, program), path);
    } else {
      add(stage, [LAST_RESORT, ...program]);
    }
  }
  return submission;
}
