import { isSubmission, listProgramNames } from '../course/find-programs.ts';
import { hasSolutions, labFolder, solutionsFolder } from '../course/project.ts';
import { findPrograms, type GradeFolderOptions } from '../grade/grade-folder.ts';
import type { Lab } from '../lab/check.ts';
import { UngradableWork, UsageError } from '../model/errors.ts';

/**
 * Chooses the folder of a submission: the one that was named, or the lab's own.
 *
 * @throws UsageError where two are named, or there are no solutions
 */
export function chooseFolder(
  lab: Lab,
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

/** @throws UngradableWork where a folder holds nothing of a lab. @param path as the user gave it */
export function refuseForeignFolder(
  path: string,
  search: Pick<GradeFolderOptions, 'lab' | 'submission' | 'runtimes'>,
): void {
  const { id, stages } = search.lab;
  const everything = stages.map((stage) => ({ stage, checks: [] }));
  if (isSubmission([...findPrograms(search, everything).values()])) return;
  const names = listProgramNames(search.submission.root).slice(0, 4).join(', ');
  const there = names === '' ? '' : ` (it has ${names})`;
  const place = `${stages[0]?.id ?? ''}/${stages[0]?.id ?? ''}.ts`;
  throw new UngradableWork(
    `${path} holds no program of ${id}${there}; programs are looked for as ${place}.`,
  );
}
