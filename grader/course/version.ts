import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './project.ts';

/** The grader's version, as package.json names it. */
export function readVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  const known = typeof parsed === 'object' && parsed && 'version' in parsed;
  return known ? String(parsed.version) : '0.0.0';
}
