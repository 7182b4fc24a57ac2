import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadLab } from '../course/load-lab.ts';
import { PROJECT } from '../course/project.ts';
import { findDrift, refuseToOverwrite, releaseLab } from '../release/release-lab.ts';
import type { Console, ExitCode } from './console.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes what a lab takes from its solutions: starters, their digests, the table of points.
 *
 * @param options `check`: write nothing, and fail where something differs
 */
export async function releaseCommand(
  id: string,
  options: { readonly check?: boolean },
  console: Console,
): Promise<ExitCode> {
  const lab = await loadLab(id);
  const files = releaseLab(lab);
  const drift = findDrift(files);
  if (options.check === true) {
    for (const { path } of drift) console.err(`${path} is not what the solutions make it\n`);
    if (drift.length > 0) console.err(`next  npm run release ${id}\n`);
    return drift.length > 0 ? 1 : 0;
  }
  refuseToOverwrite(lab, drift);
  for (const { path, bytes } of drift) {
    const file = join(PROJECT, path);
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, bytes);
    console.out(`wrote ${path}\n`);
  }
  console.out(`${String(files.length)} files are in step with the solutions of ${id}.\n`);
  return 0;
}
