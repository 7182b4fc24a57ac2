import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's top folder, which holds `labs/` and `solutions/`. */
export const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder of a lab, as students have it. */
export function labFolder(lab: string): string {
  return join(PROJECT, 'labs', lab);
}

/** The folder of a lab's worked solutions. */
export function solutionsFolder(lab: string): string {
  return join(PROJECT, 'solutions', lab);
}

/** Whether this copy of the course brings worked solutions of a lab. */
export function hasSolutions(lab: string): boolean {
  return existsSync(solutionsFolder(lab));
}
