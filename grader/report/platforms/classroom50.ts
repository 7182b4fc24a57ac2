import type { CheckResult, LabResult } from '../../model/result.ts';
import { nameCheck, summarizeCheck } from '../plain-text.ts';
import { listDecided } from '../proportion.ts';
import { showLine } from '../show-text.ts';
import { writeJson } from '../write-json.ts';
import type { Classroom50Facts } from './classroom50-facts.ts';

/**
 * The `result.json` of Classroom 50. It takes whole numbers, and no score above the most: the bonus
 * makes up for points that are missing, and a test of a bonus is worth nothing by itself. Of what was
 * not judged it knows nothing, so that this is in neither score, and is no test.
 *
 * @param remarks on the work as a whole; there is no place for them but the message of each test
 */
export function renderClassroom50(
  result: LabResult,
  facts: Classroom50Facts,
  remarks: readonly string[] = [],
): string {
  const { earned, possible, bonusEarned } = result.points;
  const most = Math.round(possible);
  const checks = result.stages.flatMap((stage) => stage.checks);
  return writeJson({
    schema: 'classroom50/result/v1',
    ...facts,
    // Seconds, and no fraction of one.
    datetime: `${result.startedAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z`,
    score: Math.min(most, Math.round(earned + bonusEarned)),
    'max-score': most,
    tests: listDecided(checks).map((check) => ({
      ...describe(check),
      message: [
        ...remarks.map((each) => showLine(each, 1000)),
        summarizeCheck(result.lab, check),
      ].join(' '),
    })),
  });
}

function describe(check: CheckResult): object {
  const { bonus, points, earned, outcome } = check;
  return {
    'test-name': nameCheck(check),
    passed: outcome.status === 'passed',
    score: bonus ? 0 : Math.round(earned),
    'max-score': bonus ? 0 : Math.round(points),
    ...(bonus && { bonus: earned }),
  };
}
