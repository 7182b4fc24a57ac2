import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isLab, type Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';
import { PROJECT } from './project.ts';

/**
 * Loads a lab of this course by the name of its folder.
 *
 * @throws UsageError where there is no such lab
 */
export async function loadLab(id: string): Promise<Lab> {
  const known = listLabs();
  if (!known.includes(id)) {
    throw new UsageError(`there is no lab "${id}"; this course has ${known.join(', ')}.`);
  }
  // A pattern that the bundler can follow, so that a new lab needs no change here.
  const module: unknown = await import(`../../labs/${id}/lab.ts`);
  const found = typeof module === 'object' && module && 'default' in module && module.default;
  if (isLab(found)) return found;
  throw new Error(`labs/${id}/lab.ts does not export a lab by default`);
}

/** The ids of all labs, in order. */
export function listLabs(): string[] {
  const labs = join(PROJECT, 'labs');
  return readdirSync(labs)
    .filter((name) => existsSync(join(labs, name, 'lab.ts')))
    .sort();
}
