import { tmpdir } from 'node:os';
import { ownerOfCells } from '../../cell/start-outer.ts';
import { tryCell } from '../../cell/try/try-cell.ts';
import { PROJECT } from '../../course/project.ts';
import { ENVIRONMENT, isInstalled } from '../cli.ts';

/** What a class needs that is not to be had here; undefined where all of it is. */
export function whatIsLacking(): string | undefined {
  const missing = ['git', 'python3'].filter((command) => !isInstalled(command));
  return missing.length === 0 ? undefined : `there is no ${missing.join(', no ')}`;
}

/** Why a class cannot be graded in cells here; undefined where it can. */
export async function whatCellsLack(): Promise<string | undefined> {
  const options = { uid: ownerOfCells(0), environment: ENVIRONMENT };
  const trial = await tryCell({ ...options, project: PROJECT, temporary: tmpdir() });
  return trial.works ? whatIsLacking() : trial.reason;
}
