import type { SurveyedFile } from '../../cell/survey.ts';
import type { Program } from '../../course/find-programs.ts';
import type { Lab } from '../../lab/check.ts';

/**
 * The files of a program's copy that its verdict may depend on. Assets that the stage does not serve,
 * texts for people, and the lab's own checks have no bearing on it; of any other file that may be.
 */
export function filesThatMatter(
  lab: Lab,
  { stage, home }: Program,
  files: readonly SurveyedFile[],
): readonly SurveyedFile[] {
  const { serves = lab.assets } = stage;
  const isIn = (path: string, assets: readonly string[]): boolean =>
    assets.some((asset) =>
      [asset, `${home}/${asset}`].some((each) => path === each || path.startsWith(`${each}/`)),
    );
  const others = lab.assets.filter((asset) => !serves.includes(asset));
  return files.filter(
    ({ path }) => isIn(path, serves) || !(isIn(path, others) || NO_BEARING.test(path)),
  );
}

const NO_BEARING = /\.md$|^lab\.ts$|\/checks\.ts$|^starters\.json$|(?:~|\.bak|\.swp)$/;
