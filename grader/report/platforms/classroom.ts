import type { CheckResult, LabResult } from '../../model/result.ts';
import { verdictOf } from '../../model/score.ts';
import { nameCheck, tellCheck } from '../plain-text.ts';
import { listDecided } from '../proportion.ts';
import { showCommand } from '../show-command.ts';
import { showLine } from '../show-text.ts';

/**
 * The line for `$GITHUB_OUTPUT` that GitHub Classroom's autograding reporter reads: the output
 * `result`. In base64 nothing of the student's can add a line of its own.
 *
 * The reporter's table counts tests, and its report sums scores; both leave out what was not judged.
 */
export function renderClassroom(result: LabResult): string {
  const tests = result.stages.flatMap(({ program, checks }) =>
    listDecided(checks).map((check) => describe(result.lab, check, program)),
  );
  const record = {
    version: 1,
    status: { passed: 'pass', failed: 'fail', broken: 'error' }[verdictOf(result)],
    max_score: result.points.possible,
    tests,
  };
  return `result=${Buffer.from(JSON.stringify(record)).toString('base64')}\n`;
}

function describe(lab: string, check: CheckResult, program = ''): object {
  const { outcome } = check;
  const failed = outcome.status === 'failed' ? outcome : undefined;
  const { file = program, line = 0 } = failed?.diagnosis.source ?? {};
  return {
    name: nameCheck(check),
    status: outcome.status === 'passed' ? 'pass' : 'fail',
    // Without one the reporter's sum would be no number.
    score: check.earned,
    message: tellCheck(lab, check).join('\n'),
    test_code: showCommand(failed?.reproduce, 1000).join(''),
    filename: showLine(file),
    line_no: line,
    duration: check.durationMs,
  };
}
