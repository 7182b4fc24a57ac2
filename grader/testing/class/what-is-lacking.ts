import { tryCells } from '../../cell/try/try-cells.ts';
import { BWRAP_CELLS } from '../bwrap-cells.ts';
import { isInstalled } from '../cli.ts';

/** What a class needs that is not to be had here; undefined where all of it is. */
export function whatIsLacking(): string | undefined {
  const missing = ['git', 'python3'].filter((command) => !isInstalled(command));
  return missing.length === 0 ? undefined : `there is no ${missing.join(', no ')}`;
}

/** Why a class cannot be graded in cells here; undefined where it can. */
export async function whatCellsLack(): Promise<string | undefined> {
  const trial = await tryCells(BWRAP_CELLS);
  return trial.works ? whatIsLacking() : trial.reason;
}
