import { hasSolutions, labFolder, solutionsFolder } from '../course/project.ts';
import type { Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';

/** The folder of the submission that is meant. @throws UsageError where that is two, or not here */
export function chooseFolder(
  lab: Pick<Lab, 'id'>,
  { from, solutions }: { readonly from?: string; readonly solutions?: boolean },
): string {
  if (solutions !== true) return from ?? labFolder(lab.id);
  if (from !== undefined) {
    throw new UsageError(
      '--solutions and --from name two different submissions; give one of them.',
    );
  }
  if (hasSolutions(lab.id)) return solutionsFolder(lab.id);
  throw new UsageError(
    `this copy of the course has no solutions of ${lab.id}; leave out --solutions.`,
  );
}
