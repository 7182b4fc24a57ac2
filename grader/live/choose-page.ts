import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../course/find-programs.ts';
import { listGivenFiles } from '../grade/grade-folder.ts';
import type { Lab } from '../lab/check.ts';

/**
 * Chooses the page to open first: a text file that the student has written for the stage, at the top of
 * its `web/`; the listing otherwise.
 *
 * @param root the submission's folder
 * @returns the path of a URL
 */
export function choosePage(lab: Lab, { stage, folder }: Program, root: string): string {
  // Only a stage with a folder of its own has files that belong to it.
  const web = join(root, folder, 'web');
  if (stage.folder === '.' || !existsSync(web)) return '/';
  const given = listGivenFiles(lab);
  const [own] = readdirSync(web)
    .filter((name) => /\.txt$/i.test(name) && !given.includes(name))
    .filter((name) => isWritten(join(web, name)))
    .sort();
  return own === undefined ? '/' : `/${encodeURIComponent(own)}`;
}

function isWritten(path: string): boolean {
  const stats = statSync(path);
  return stats.isFile() && stats.size > 0;
}
