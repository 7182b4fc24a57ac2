import { readFileSync } from 'node:fs';
import type { SurveyedFile } from '../cell/survey.ts';
import type { Program } from '../course/find-programs.ts';
import type { PlantedFile } from '../lab/context.ts';
import type { GivenFiles } from '../lab/web-folder.ts';

/** The files of the folder that the program is started in, as they are given to it. */
export function readGiven(
  { folder }: Program,
  files: readonly SurveyedFile[],
  planted: readonly PlantedFile[],
): GivenFiles {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const own = files.filter(({ path }) => path.startsWith(prefix));
  return new Map([
    ...own.map(
      ({ path, source }) => [path.slice(prefix.length), () => readFileSync(source)] as const,
    ),
    ...planted.map((file) => [file.path, () => file.bytes] as const),
  ]);
}
