import { dirname } from 'node:path';
import { MARK } from '../run/environment.ts';
import type { Launch } from '../run/confine.ts';

/** What every program has, whoever runs it where; homes and folders of the machine say nothing here. */
const REPLACED = [MARK, 'PATH', 'HOME', 'TZ', 'TMPDIR', 'TEMP', 'TMP'];

/** The environment of a program in its cell. */
export function environmentWithin(env: Launch['env']): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !REPLACED.includes(name));
  return {
    ...Object.fromEntries(kept),
    PATH: `/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}`,
    HOME: '/tmp',
    TMPDIR: '/tmp',
  };
}
