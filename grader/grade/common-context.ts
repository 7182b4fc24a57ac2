import type { SurveyedFile } from '../cell/survey.ts';
import type { Program } from '../course/find-programs.ts';
import type { PlantedFile } from '../lab/context.ts';
import { below, WebFolder } from '../lab/web-folder.ts';
import { readGiven } from './given-files.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** A program's throwaway copy, and what was laid into it. */
export interface CopyContents {
  readonly program: Program;
  readonly files: readonly SurveyedFile[];
  readonly planted: Readonly<Record<string, PlantedFile>>;
  /** The folder that the program is started in, absolute. */
  readonly folder: string;
}

/** What all checks of a stage may know of the files that its program was given. */
export function makeCommon(
  { program, files, planted, folder }: CopyContents,
  { givenFiles, now }: Pick<Session, 'givenFiles' | 'now'>,
): Target['common'] {
  const { stage } = program;
  const given = readGiven(program, files, Object.values(planted));
  const isPlanted = (path: string): boolean =>
    Object.values(planted).some((file) => file.path === `web/${path}`);
  return {
    stage: {},
    web: new WebFolder(below('web/', given)),
    asset: (path) => given.get(path)?.() ?? missing(`${stage.id} brings no file ${path}`),
    planted: (name) => planted[name] ?? missing(`${stage.id} plants no file ${name}`),
    folder,
    originOf: (path) => {
      if (isPlanted(path)) return 'planted';
      return givenFiles.includes(path) ? 'lab' : 'submission';
    },
    now,
  };
}

function missing(what: string): never {
  throw new Error(what);
}
