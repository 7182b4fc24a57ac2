import { it } from '@jest/globals';
import { makeVariant } from '../../release/proofs/make-variant.ts';
import { gradeTest } from '../grade.ts';
import { makeSubmission } from '../submission.ts';
import { expectFragment } from './expect-fragment.ts';
import { listDiagnosed } from './list-diagnosed.ts';

// Jest runs five of them at once.
it.concurrent.each(await listDiagnosed())(
  '$code: is shown on a page as in its golden fragment',
  async ({ code, mutant, check }) => {
    const { folder, remove } = makeSubmission({});
    try {
      makeVariant('week02', mutant, folder);
      const stages = await gradeTest(folder, [mutant.stage], { seed: 1, only: check });
      const found = stages
        .flatMap(({ checks }) => checks)
        .find(({ id }) => id === `${mutant.stage}/${check}`);
      if (!found) throw new Error(`${check} was not asked`);
      expectFragment(code, found);
    } finally {
      remove();
    }
  },
  120_000,
);
