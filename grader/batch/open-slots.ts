import { spawn } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CellOptions, Cells } from '../cell/cells.ts';
import { openCells } from '../cell/open-cells.ts';
import { PROJECT } from '../course/project.ts';
import type { Environment } from '../run/environment.ts';
import { listCores } from '../run/platform/list-cores.ts';
import type { Runtime } from '../run/runtimes.ts';
import type { BatchSlot } from './judge-entry.ts';
import { Slot, type StartWorker } from './slot.ts';
import type { StagingFolder } from './staging-folder.ts';

export interface OpenSlotsOptions {
  readonly count: number;
  /** What workers run in; undefined where they run as we do. */
  readonly cells: CellOptions | undefined;
  /** How many programs a submission may have. */
  readonly stages: number;
  readonly runtimes: readonly Runtime[];
  /** What was typed of `--runtime`. */
  readonly typed: readonly string[];
  readonly environment: Environment;
  /** Where work is staged; removed with the slots. */
  readonly folder: StagingFolder;
}

export interface OpenSlots {
  readonly slots: readonly BatchSlot[];
  /** Ends all workers, and removes what they saw. */
  readonly close: () => Promise<void>;
}

/** Makes the places of a batch; a worker is started when it is first needed. */
export async function openSlots(options: OpenSlotsOptions): Promise<OpenSlots> {
  const { count, folder } = options;
  const cells = options.cells && (await openCells(options.cells));
  const makeSlot = async (index: number): Promise<BatchSlot> => {
    const staging = join(folder.path, String(index));
    mkdirSync(staging, { mode: 0o700 });
    const owner = cells?.ownerOf(index);
    if (owner !== undefined) chownSync(staging, owner, owner);
    const start = cells
      ? await prepareCell(cells, { ...options, staging, index })
      : startPlainly(options);
    return { slot: new Slot(start), staging };
  };
  const slots = await Promise.all(Array.from({ length: count }, (_, index) => makeSlot(index)));
  return {
    slots,
    close: async () => {
      await Promise.all(slots.map(({ slot }) => slot.close()));
      await cells?.close();
      folder.remove();
    },
  };
}

const LAUNCHER = join(PROJECT, 'grader/launch.mjs');

function startPlainly({ typed, environment }: OpenSlotsOptions): StartWorker {
  const runtimes = typed.flatMap((each) => ['--runtime', each]);
  const args = [LAUNCHER, 'worker', ...runtimes];
  return () => spawn(process.execPath, args, { env: environment, detached: true });
}

type InCell = OpenSlotsOptions & { readonly staging: string; readonly index: number };

function prepareCell(
  cells: Cells,
  { staging, index, stages, runtimes, typed }: InCell,
): Promise<StartWorker> {
  const script = [LAUNCHER, 'worker'];
  const core = chooseCore(index);
  const places = { sees: [staging], rooms: stages, ...(core !== undefined && { cores: [core] }) };
  return cells.prepare({ script, runtimes, typed, ...places, livesOn: true }, index);
}

/** The first core is for the coordinator, where there is more than one. */
function chooseCore(slot: number): number | undefined {
  const [first, ...others] = listCores();
  return others.length > 0 ? others[slot % others.length] : first;
}
