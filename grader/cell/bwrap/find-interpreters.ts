import { UsageError } from '../../model/errors.ts';
import { listInterpreterFiles } from '../../run/interpreter-files.ts';
import { resolveRuntime, type Runtime } from '../../run/runtimes.ts';
import { isOfSystem } from './system-folders.ts';
import type { CellOwner } from './start-outer.ts';

/** An ordinary user does not get at what root has installed for itself. */
export function toolsOf({ uid, environment }: CellOwner): CellOwner['environment'] {
  return uid === undefined ? environment : { PATH: '/usr/local/bin:/usr/bin:/bin' };
}

/**
 * The interpreters by their own paths, since a cell has no PATH that leads to homes: as options for the
 * grader in the cell, and as files for it to see.
 */
export async function findInterpreters(
  runtimes: readonly Runtime[],
  environment: CellOwner['environment'],
): Promise<{ readonly typed: readonly string[]; readonly files: readonly string[] }> {
  const typed: string[] = [];
  const files: string[] = [process.execPath];
  for (const runtime of runtimes) {
    const [command, ...args] = await resolveRuntime(runtime, environment).catch(whereMissing);
    if (command === undefined || command === process.execPath) continue;
    typed.push('--runtime', `${runtime.extension}=${[command, ...args].join(' ')}`);
    if (!isOfSystem(command)) files.push(...listInterpreterFiles(command, runtime.language));
  }
  return { typed, files };
}

/** One that is not installed matters where a program asks for it, and is told there. */
function whereMissing(error: unknown): readonly string[] {
  if (error instanceof UsageError) return [];
  throw error;
}
