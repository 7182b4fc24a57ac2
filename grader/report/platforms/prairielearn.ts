import type { CheckResult, LabResult } from '../../model/result.ts';
import { isJudged } from '../../model/score.ts';
import { nameCheck, summarizeCheck, sumUp, tellCheck } from '../plain-text.ts';
import { scoreInProportion, sumAsked } from '../proportion.ts';
import { showLine } from '../show-text.ts';
import { writeJson } from '../write-json.ts';

/**
 * PrairieLearn's `results.json`. Its score is a share, which what was not judged has no part in; the
 * bonus makes up for points that are missing, up to all of them. Where nothing was judged the
 * submission is not gradable, and PrairieLearn takes it for no attempt.
 */
export function renderPrairielearn(result: LabResult): string {
  const checks = result.stages.flatMap((stage) => stage.checks);
  const [score, asked] = [scoreInProportion(checks), sumAsked(checks)];
  const gradable = score !== undefined && asked > 0;
  const [message = '', ...more] = sumUp(result);
  return writeJson({
    gradable,
    score: gradable ? round(Math.min(1, score / asked)) : 0,
    message,
    output: more.join('\n'),
    tests: checks.map((check) => describe(result.lab, check)),
  });
}

function describe(lab: string, check: CheckResult): object {
  return {
    name: nameCheck(check),
    description: showLine(check.title),
    points: check.earned,
    max_points: isJudged(check.outcome) ? check.points : 0,
    message: summarizeCheck(lab, check),
    output: tellCheck(lab, check).join('\n'),
  };
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
