import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownerOfCells, type CellOptions, type Cells, type WorkerCell } from '../cells.ts';
import { findInterpreters, toolsOf } from './find-interpreters.ts';
import { hasCgroups, startOuter, type CellOwner } from './start-outer.ts';
import { isOfSystem } from './system-folders.ts';

/** Of a worker that lives on, where this user may set them. */
const LIMITS_OF_WORKER = { memoryBytes: 2 * 1024 ** 3, tasks: 512 };

/**
 * What a large reply took, glibc gives back at once. It would keep it otherwise, and a worker that is larger
 * takes longer over each start of a program: that begins as a copy of the worker.
 */
const GIVE_BACK = { MALLOC_MMAP_THRESHOLD_: String(128 * 1024) };

/** Opens cells of bubblewrap's. Each is gone with whoever started it, so there is nothing to close. */
export function openBwrapCells({ project, environment }: CellOptions): Cells {
  let cgroups: Promise<boolean> | undefined;
  const prepare = async (cell: WorkerCell, slot: number) => {
    const owner: CellOwner = { uid: ownerOfCells(slot), environment };
    const tools = toolsOf(owner);
    const { typed, files } = await findInterpreters(cell.runtimes, tools);
    const isLimited = cell.livesOn === true && (await (cgroups ??= hasCgroups(owner)));
    // Where the launcher keeps the bundle if it cannot write into the project.
    const bundles = [join(tools.HOME ?? '/', '.cache/wiregrade')].filter((path) =>
      existsSync(path),
    );
    const { script, sees, shares, rooms, cores } = cell;
    return () =>
      startOuter(
        {
          command: [process.execPath, ...script, ...typed, '--rooms', String(rooms)],
          sees: [project, ...sees, ...files, ...bundles].filter((path) => !isOfSystem(path)),
          rooms,
          environment: {
            PATH: tools.PATH ?? '',
            ...(tools.HOME !== undefined && { HOME: tools.HOME }),
            ...GIVE_BACK,
            ...cell.environment,
          },
          ...(shares && { shares }),
          ...(cores && { cores }),
          ...(isLimited && { cgroup: LIMITS_OF_WORKER }),
        },
        owner,
      );
  };
  return { ownerOf: ownerOfCells, prepare, close: () => Promise.resolve() };
}
