import { tmpdir } from 'node:os';
import type { CellOptions } from '../cell/cells.ts';
import { tryCells } from '../cell/try/try-cells.ts';
import { PROJECT } from '../course/project.ts';
import { UsageError } from '../model/errors.ts';
import type { Sandbox } from '../model/result.ts';
import type { Console } from './console.ts';

/** The options that say what strangers' programs run in, as they are typed. */
export interface SandboxOptions {
  readonly sandbox: Sandbox;
  readonly image: string;
  readonly iTrustThisCode?: boolean;
}

/**
 * Makes sure that strangers' programs can run in cells, or that the user wants to do without.
 *
 * @returns the cells to open; undefined for none
 * @throws UsageError where neither is so
 */
export async function requireCell(
  options: SandboxOptions,
  console: Pick<Console, 'environment'>,
): Promise<CellOptions | undefined> {
  refuseUntrusted(options, 'the code of strangers as you, with all your rights');
  const cells = chooseCells(options, console);
  const trouble = cells && (await findTrouble(cells));
  if (trouble !== undefined) throw new UsageError(trouble);
  return cells;
}

/** @param what will be run, as whom, and what may come of it */
export function refuseUntrusted(
  { sandbox, iTrustThisCode }: Pick<SandboxOptions, 'sandbox' | 'iTrustThisCode'>,
  what: string,
): void {
  if (sandbox !== 'none' || iTrustThisCode === true) return;
  throw new UsageError(`--sandbox none runs ${what}; if you mean it, add --i-trust-this-code.`);
}

/** The cells that are asked for; undefined for none. */
export function chooseCells(
  { sandbox, image }: Pick<SandboxOptions, 'sandbox' | 'image'>,
  { environment }: Pick<Console, 'environment'>,
): CellOptions | undefined {
  if (sandbox === 'none') return undefined;
  const temporary = environment.TMPDIR ?? tmpdir();
  return { kind: sandbox, image, environment, project: PROJECT, temporary };
}

/** What keeps cells from being made here, in one sentence; undefined where nothing does. */
export async function findTrouble(cells: CellOptions): Promise<string | undefined> {
  const trial = await tryCells(cells);
  return trial.works ? undefined : `no cell can be made here: ${trial.reason}`;
}
