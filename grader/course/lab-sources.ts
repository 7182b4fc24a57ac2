import type { Stage } from '../lab/check.ts';

/**
 * Whether a file is what a lab is made of: its definition, its checks and what these share, and the
 * digests of its starters. A program is none, even where it lies beside `lab.ts`.
 *
 * @param path in the lab's folder, with `/` between names
 */
export function isLabSource(path: string, stages: readonly Pick<Stage, 'id'>[]): boolean {
  const isProgram = stages.some(({ id }) => path.startsWith(`${id}.`));
  return !isProgram && /^(?:[^/]+\.ts|starters\.json|[^/]+\/checks\.ts)$/.test(path);
}
