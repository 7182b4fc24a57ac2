import { expect } from '@jest/globals';
import { TEMPLATES } from '../../course/templates.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';
import type { CheckResult } from '../../model/result.ts';
import { renderFailure } from '../../report/html/render-page.ts';
import { expectGolden } from '../expect-golden.ts';
import { freezeCheck } from './freeze-check.ts';

/** Expects that a check failed with this diagnosis, and is shown on a page as in its golden fragment. */
export function expectFragment(code: DiagnosisCode, check: CheckResult): void {
  const fragment = renderFailure(freezeCheck(check), {
    ...{ templates: TEMPLATES, anchor: 'failure-1' },
    again: (stage) => `npm run grade week02 ${stage}`,
  });
  expect(fragment).toContain(`<code>${code}</code>`);
  expectGolden(`html/${code}.html`, fragment);
}
