import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './project.ts';

/** The grader's version, as package.json names it. */
export function readVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(PROJECT, 'package.json'), 'utf8'),
  );
  return version;
}
