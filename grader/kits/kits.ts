import type { MakeKit } from './kit.ts';

/** What grades a lab elsewhere, by the name of the place. Each is loaded where it is asked for. */
export const KITS: Readonly<Record<string, () => Promise<MakeKit>>> = {
  gradescope: async () => (await import('./gradescope.ts')).makeGradescope,
  classroom50: async () => (await import('./classroom50.ts')).makeClassroom50,
  docker: async () => (await import('./docker.ts')).makeDocker,
  gitlab: async () => (await import('./gitlab.ts')).makeGitlab,
};
