import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { labFolder } from './project.ts';

/** What tells an untouched starter, by stage: the digest of its text without white space. */
export type StarterDigests = Readonly<Record<string, string>>;

/** The file, in a lab's folder, that `release` keeps the digests in. */
export const DIGESTS = 'starters.json';

/**
 * Reads a lab's digests. They lie beside the starters, which a student overwrites.
 *
 * @throws UsageError where the lab was never released
 */
export function readStarterDigests(lab: string): StarterDigests {
  const file = join(labFolder(lab), DIGESTS);
  if (!existsSync(file)) {
    throw new UsageError(`labs/${lab} has no ${DIGESTS}; run npm run release ${lab} first.`);
  }
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return Object.fromEntries(
    Object.entries(parsed ?? {}).map(([stage, digest]) => [stage, String(digest)]),
  );
}

/** The digest of a program's text; one that only an editor re-indented keeps its digest. */
export function digestProgram(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, '')).digest('hex').slice(0, 16);
}
