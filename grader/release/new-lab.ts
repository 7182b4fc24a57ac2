import ejs from 'ejs';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { surveyFolder } from '../cell/survey.ts';
import { labFolder, PROJECT, solutionsFolder } from '../course/project.ts';
import { UsageError } from '../model/errors.ts';
import type { ReleasedFile } from './release-lab.ts';

const TEMPLATES = 'templates/lab';

/**
 * Makes the files of a new lab, which is small, complete and right, and there to be changed.
 *
 * @param id the name of its folders in `labs/` and `solutions/`
 * @throws UsageError where that is no good name, or taken
 */
export function makeNewLab(id: string): readonly ReleasedFile[] {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(id)) {
    throw new UsageError(
      `"${id}" is no name for a lab; use small letters, digits and _, for example week04.`,
    );
  }
  const taken = [labFolder(id), solutionsFolder(id)].find((folder) => existsSync(folder));
  if (taken !== undefined) {
    throw new UsageError(`${taken} is there already; choose another name, or remove it first.`);
  }
  return surveyFolder(join(PROJECT, TEMPLATES)).map(({ path, source }) => ({
    path: path.replaceAll('LAB', id).replace(/\.ejs$/, ''),
    bytes: Buffer.from(ejs.render(readFileSync(source, 'utf8'), { lab: id })),
  }));
}
