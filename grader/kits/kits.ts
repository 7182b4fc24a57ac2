import { makeClassroom50 } from './classroom50.ts';
import { makeDocker } from './docker.ts';
import { makeGitlab } from './gitlab.ts';
import { makeGradescope } from './gradescope.ts';
import type { MakeKit } from './kit.ts';

/** What grades a lab elsewhere, by the name of the place. */
export const KITS: Readonly<Record<string, MakeKit>> = {
  gradescope: makeGradescope,
  classroom50: makeClassroom50,
  docker: makeDocker,
  gitlab: makeGitlab,
};
