import type { CheckResult, LabResult } from '../../model/result.ts';
import { nameCheck, summarizeCheck, tellCheck } from '../plain-text.ts';
import { remarksOf } from '../result-view.ts';
import { showLine, showLines } from '../show-text.ts';
import { writeJson } from '../write-json.ts';

/** The JSON of check50: `passed` is null where the grader cannot say whether it is right or wrong. */
export function renderCheck50(result: LabResult): string {
  return writeJson({
    slug: showLine(result.lab),
    results: result.stages.flatMap(({ checks }) =>
      checks.map((check) => ({
        name: showLine(check.id),
        description: nameCheck(check).slice(showLine(check.id).length + 2),
        ...describe(result.lab, check),
        data: {},
        dependency: null,
      })),
    ),
    version: result.grader.version,
  });
}

function describe(lab: string, check: CheckResult): object {
  const { outcome } = check;
  const rationale = summarizeCheck(lab, check);
  switch (outcome.status) {
    case 'passed':
      return { passed: true, log: remarksOf(check).map((remark) => showLine(remark)), cause: null };
    case 'failed': {
      const { expected, received } = outcome.diagnosis;
      const [hint] = outcome.hints;
      const cause = {
        rationale,
        help: hint === undefined ? null : showLine(hint, 1000),
        ...(expected && received
          ? {
              expected: showLine(expected.bytes.printable, 1000),
              actual: showLine(received.bytes.printable, 1000),
            }
          : {}),
      };
      return { passed: false, log: tellCheck(lab, check).slice(1), cause };
    }
    case 'skipped':
    case 'not-judged':
      return { passed: null, log: [], cause: { rationale, help: null } };
    case 'broken': {
      const error = { type: 'broken', value: showLines(outcome.error, 20).join('\n') };
      return { passed: null, log: [], cause: { rationale, help: null, error } };
    }
  }
}
