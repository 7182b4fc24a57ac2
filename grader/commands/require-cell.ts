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
  { sandbox, image, iTrustThisCode }: SandboxOptions,
  { environment }: Pick<Console, 'environment'>,
): Promise<CellOptions | undefined> {
  if (sandbox === 'none') {
    if (iTrustThisCode === true) return undefined;
    throw new UsageError(
      '--sandbox none runs the code of strangers as you, with all your rights; if you mean it, add --i-trust-this-code.',
    );
  }
  const temporary = environment.TMPDIR ?? tmpdir();
  const options = { kind: sandbox, image, environment, project: PROJECT, temporary };
  const trial = await tryCells(options);
  if (!trial.works) throw new UsageError(`no cell can be made here: ${trial.reason}`);
  return options;
}
