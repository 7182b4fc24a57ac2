import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { surveyFolder, type SurveyedFile } from '../../cell/survey.ts';
import { hasSolutions, labFolder, solutionsFolder } from '../../course/project.ts';
import { DIGESTS } from '../../course/starters.ts';
import type { Lab } from '../../lab/check.ts';

/** Files of a lab and of its solutions that nothing accounts for, by their paths in the project. */
export function findStrayFiles(lab: Lab): readonly string[] {
  const files = surveyFolder(labFolder(lab.id)).filter(isShown);
  const own = new Set([
    'README.md',
    DIGESTS,
    ...listModules('lab.ts', files),
    ...lab.stages.flatMap(({ id }) => [`${id}/README.md`, `${id}/${id}.ts`]),
  ]);
  const strayInLab = files.filter(({ path }) => !own.has(path) && !isAsset(lab, path));
  const worked = new Set(['README.md', ...lab.stages.map(({ id }) => `${id}/${id}.ts`)]);
  const solutions = hasSolutions(lab.id) ? surveyFolder(solutionsFolder(lab.id)) : [];
  const strayInSolutions = solutions
    .filter(isShown)
    .filter(({ path }) => !worked.has(path) && !isAsset(lab, path) && !path.startsWith('proofs/'));
  return [
    ...strayInLab.map(({ path }) => `labs/${lab.id}/${path}`),
    ...strayInSolutions.map(({ path }) => `solutions/${lab.id}/${path}`),
  ];
}

/** Systems and editors leave hidden files where they like. */
function isShown({ path }: SurveyedFile): boolean {
  return !/(?:^|\/)\./.test(path);
}

function isAsset({ assets }: Lab, path: string): boolean {
  return assets.some((asset) => path === asset || path.startsWith(`${asset}/`));
}

/** The modules of a lab: its first one, and all that it imports of its own. */
function listModules(first: string, files: readonly SurveyedFile[]): readonly string[] {
  const sources = new Map(files.map(({ path, source }) => [path, source]));
  const modules = new Set([first]);
  // A set hands out what is added to it on the way.
  for (const path of modules) {
    const source = sources.get(path);
    const text = source === undefined ? '' : readFileSync(source, 'utf8');
    for (const [, name = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      modules.add(posix.join(posix.dirname(path), name));
    }
  }
  return [...modules];
}
