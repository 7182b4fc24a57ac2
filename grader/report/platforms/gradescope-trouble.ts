import { showLines } from '../show-text.ts';
import { writeJson } from '../write-json.ts';

/**
 * What Gradescope is given where nothing could be graded by a fault of ours. There is no score in it:
 * Gradescope then says that the autograder failed, and gives no grade.
 *
 * @param reason in words for the instructor
 */
export function renderGradescopeTrouble(reason: string): string {
  return writeJson({
    output: [
      'The grader broke. This is not your bug, and it costs you nothing: please tell your instructor.',
      '',
      ...showLines(reason, 20),
    ].join('\n'),
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests: [],
  });
}
