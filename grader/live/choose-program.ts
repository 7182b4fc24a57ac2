import type { Program } from '../course/find-programs.ts';
import type { SubmissionFolder } from '../course/find-submission.ts';
import { findPrograms } from '../grade/grade-folder.ts';
import { planGrading } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';
import type { Runtime } from '../run/runtimes.ts';

export interface ProgramChoice {
  readonly lab: Lab;
  readonly submission: SubmissionFolder;
  readonly runtimes: readonly Runtime[];
  /** Whose it is, for messages. */
  readonly id: string;
}

/**
 * Chooses the program to look at: that of the stage that was named, or the one that came furthest.
 *
 * @throws UsageError where there is none
 */
export function chooseProgram(
  { lab, submission, runtimes, id }: ProgramChoice,
  stage: string | undefined,
): Program {
  const planned = planGrading(lab, stage === undefined ? [] : [stage], undefined);
  const programs = findPrograms({ lab, submission, runtimes }, planned);
  const found = [...programs.values()].flatMap((each) =>
    each.state === 'found' ? [each.program] : [],
  );
  const program = found.at(-1);
  if (program) return program;
  if (stage === undefined) throw new UsageError(`${id} has not begun any program of ${lab.id}.`);
  throw new UsageError(
    `${id} has no program of ${stage}, or one that is the starter; name another stage, or none.`,
  );
}
