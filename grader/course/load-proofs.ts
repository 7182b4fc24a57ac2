import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proofs } from '../lab/proofs.ts';
import { solutionsFolder } from './project.ts';

/**
 * Loads what proves the checks of a lab right, from `solutions/LAB/proofs/proofs.ts`.
 *
 * @returns undefined where this copy of the course brings none
 */
export async function loadProofs(lab: string): Promise<Proofs | undefined> {
  if (!existsSync(join(solutionsFolder(lab), 'proofs/proofs.ts'))) return undefined;
  // A pattern that the bundler can follow, so that a new lab needs no change here.
  const module: unknown = await import(`../../solutions/${lab}/proofs/proofs.ts`);
  const found = typeof module === 'object' && module && 'default' in module && module.default;
  if (areProofs(found)) return found;
  throw new Error(`solutions/${lab}/proofs/proofs.ts does not export proofs by default`);
}

function areProofs(value: unknown): value is Proofs {
  return (
    typeof value === 'object' && value !== null && 'mutants' in value && 'equivalents' in value
  );
}
