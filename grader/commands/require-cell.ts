import { tmpdir } from 'node:os';
import { ownerOfCells } from '../cell/start-outer.ts';
import { tryCell } from '../cell/try/try-cell.ts';
import { PROJECT } from '../course/project.ts';
import { UsageError } from '../model/errors.ts';
import type { Sandbox } from '../model/result.ts';
import type { Console } from './console.ts';

/**
 * Makes sure that strangers' programs can run in cells, or that the user wants to do without.
 *
 * @throws UsageError where neither is so
 */
export async function requireCell(
  { sandbox, iTrustThisCode }: { readonly sandbox: Sandbox; readonly iTrustThisCode?: boolean },
  { environment }: Pick<Console, 'environment'>,
): Promise<void> {
  if (sandbox === 'none') {
    if (iTrustThisCode === true) return;
    throw new UsageError(
      '--sandbox none runs the code of strangers as you, with all your rights; if you mean it, add --i-trust-this-code.',
    );
  }
  const temporary = environment.TMPDIR ?? tmpdir();
  const trial = await tryCell({ uid: ownerOfCells(0), environment, project: PROJECT, temporary });
  if (!trial.works) throw new UsageError(`no cell can be made here: ${trial.reason}`);
}
