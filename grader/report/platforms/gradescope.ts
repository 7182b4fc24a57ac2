import type { CheckResult, LabResult } from '../../model/result.ts';
import { isJudged, verdictOf } from '../../model/score.ts';
import { nameCheck, sumUp, tellCheck } from '../plain-text.ts';
import { scoreInProportion } from '../proportion.ts';
import { showLine } from '../show-text.ts';
import { writeJson } from '../write-json.ts';

/**
 * Gradescope's `results.json`. The score counts the bonus, and may so be above what the assignment is
 * worth; Gradescope allows that. What the assignment is worth is written down there, so that the
 * points of a check that could not be judged are made up for in proportion.
 *
 * Where nothing could be judged there is no score at all: Gradescope then says that the autograder
 * failed, and gives no grade, which is just what happened.
 *
 * @param remarks on the work as a whole, which come first
 */
export function renderGradescope(result: LabResult, remarks: readonly string[] = []): string {
  const checks = result.stages.flatMap((stage) => stage.checks);
  const score = scoreInProportion(checks);
  return writeJson({
    ...(score !== undefined && { score }),
    execution_time: result.durationMs / 1000,
    output: [
      ...remarks.map((remark) => showLine(remark, 1000)),
      ...sumUp(result),
      ...tellProportion(checks, score),
    ].join('\n'),
    output_format: 'text',
    test_output_format: 'text',
    test_name_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    extra_data: {
      lab: showLine(result.lab),
      verdict: verdictOf(result),
      seed: result.seed,
      points: result.points,
    },
    tests: result.stages.flatMap((stage, place) =>
      stage.checks.map((check, index) => ({
        ...describe(result.lab, check),
        number: `${String(place + 1)}.${String(index + 1)}`,
        tags: [showLine(stage.id)],
      })),
    ),
  });
}

function tellProportion(
  checks: readonly CheckResult[],
  score: number | undefined,
): readonly string[] {
  if (checks.every(({ outcome }) => isJudged(outcome))) return [];
  return score === undefined
    ? ['Nothing could be judged, so there is no score.']
    : ['The score is in proportion to what was judged.'];
}

function describe(lab: string, check: CheckResult): object {
  const text = {
    name: nameCheck(check),
    name_format: 'text',
    output: tellCheck(lab, check).join('\n'),
    output_format: 'text',
    visibility: 'visible',
  };
  // Without a status and without points it is neither right nor wrong.
  if (!isJudged(check.outcome)) return text;
  const status = check.outcome.status === 'passed' ? 'passed' : 'failed';
  return { ...text, score: check.earned, max_score: check.points, status };
}
