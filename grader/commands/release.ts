import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listLabs, loadLab } from '../course/load-lab.ts';
import { PROJECT } from '../course/project.ts';
import { findDrift, refuseToOverwrite, releaseLab } from '../release/release-lab.ts';
import type { Lab } from '../lab/check.ts';
import type { Console, ExitCode } from './console.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes what labs take from their solutions: starters, their digests, the table of points.
 *
 * @param id of a lab; undefined for all
 * @param options `check`: write nothing, and fail where something differs
 */
export async function releaseCommand(
  id: string | undefined,
  options: { readonly check?: boolean },
  console: Console,
): Promise<ExitCode> {
  const labs = await Promise.all((id === undefined ? listLabs() : [id]).map(loadLab));
  const release = options.check === true ? compare : write;
  return labs.map((lab) => release(lab, console)).every(Boolean) ? 0 : 1;
}

/** Whether everything is in step; what is not is named. */
function compare(lab: Lab, console: Console): boolean {
  const drift = findDrift(releaseLab(lab));
  for (const { path } of drift) console.err(`${path} is not what the solutions make it\n`);
  if (drift.length > 0) console.err(`next  npm run release ${lab.id}\n`);
  return drift.length === 0;
}

function write(lab: Lab, console: Console): boolean {
  const files = releaseLab(lab);
  const drift = findDrift(files);
  refuseToOverwrite(lab, drift);
  for (const { path, bytes } of drift) {
    const file = join(PROJECT, path);
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, bytes);
    console.out(`wrote ${path}\n`);
  }
  console.out(`${String(files.length)} files are in step with the solutions of ${lab.id}.\n`);
  return true;
}
