import type { Cell } from '../cell/cell.ts';
import { closeInherited } from '../cell/close-inherited.ts';
import { roomsOf } from '../cell/rooms.ts';
import { PROJECT } from '../course/project.ts';
import type { Environment } from '../run/environment.ts';
import { findCommand } from '../run/find-command.ts';

export interface CellWithinOptions {
  /** How many file systems for throwaway copies there are. */
  readonly rooms: number;
  /** Where containers are asked for; undefined where bubblewrap makes the cells. */
  readonly through: string | undefined;
  readonly environment: Environment;
}

/** Makes ready for cells within the one that we run in. */
export async function openCellWithin({
  rooms: count,
  through,
  environment,
}: CellWithinOptions): Promise<Cell> {
  closeInherited();
  const rooms = roomsOf(count);
  if (through !== undefined) {
    const { openContainerCell } = await import('../cell/docker/confine-in-container.ts');
    return openContainerCell({ socketPath: through, rooms, project: PROJECT });
  }
  const bwrap = findCommand('bwrap', environment);
  if (bwrap === undefined) throw new Error('there is no bubblewrap in the cell');
  const { openBwrapCell } = await import('../cell/bwrap/open-bwrap-cell.ts');
  return openBwrapCell({ folder: '/tmp', rooms, bwrap });
}
