import { expect, it } from '@jest/globals';
import { TEMPLATES } from '../../course/templates.ts';
import { renderFailure } from '../../report/html/render-page.ts';
import { makeVariant } from '../../release/proofs/make-variant.ts';
import { gradeTest } from '../grade.ts';
import { expectGolden } from '../expect-golden.ts';
import { makeSubmission } from '../submission.ts';
import { freezeCheck } from './freeze-check.ts';
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
      const fragment = renderFailure(freezeCheck(found), {
        ...{ templates: TEMPLATES, anchor: 'failure-1' },
        again: (stage) => `npm run grade week02 ${stage}`,
      });
      expect(fragment).toContain(`<code>${code}</code>`);
      expectGolden(`html/${code}.html`, fragment);
    } finally {
      remove();
    }
  },
  120_000,
);
