import { spawn } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hasCgroups, ownerOfCells, startOuter, type CellOwner } from '../cell/start-outer.ts';
import { isOfSystem } from '../cell/bwrap/system-folders.ts';
import { findInterpreters, toolsOf } from '../cell/find-interpreters.ts';
import { PROJECT } from '../course/project.ts';
import type { Sandbox } from '../model/result.ts';
import type { Environment } from '../run/environment.ts';
import type { Runtime } from '../run/runtimes.ts';
import type { BatchSlot } from './judge-entry.ts';
import { Slot, type StartWorker } from './slot.ts';
import type { StagingFolder } from './staging-folder.ts';

export interface OpenSlotsOptions {
  readonly count: number;
  readonly sandbox: Sandbox;
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
  const { count, sandbox, environment, folder } = options;
  const cgroups = sandbox === 'bwrap' && (await hasCgroups({ environment }));
  const makeSlot = async (index: number): Promise<BatchSlot> => {
    const staging = join(folder.path, String(index));
    mkdirSync(staging, { mode: 0o700 });
    const owner = { uid: sandbox === 'bwrap' ? ownerOfCells(index) : undefined, environment };
    if (owner.uid !== undefined) chownSync(staging, owner.uid, owner.uid);
    const start =
      sandbox === 'bwrap'
        ? await startInCell({ ...options, staging, index, cgroups }, owner)
        : startPlainly(options);
    return { slot: new Slot(start), staging };
  };
  const slots = await Promise.all(Array.from({ length: count }, (_, index) => makeSlot(index)));
  return {
    slots,
    close: async () => {
      await Promise.all(slots.map(({ slot }) => slot.close()));
      folder.remove();
    },
  };
}

const WORKER = [process.execPath, join(PROJECT, 'grader/launch.mjs'), 'worker'];

function startPlainly({ typed, environment }: OpenSlotsOptions): StartWorker {
  const [command = '', ...rest] = [...WORKER, ...typed.flatMap((each) => ['--runtime', each])];
  return () => spawn(command, rest, { env: environment, detached: true });
}

type InCell = OpenSlotsOptions & {
  readonly staging: string;
  readonly index: number;
  readonly cgroups: boolean;
};

async function startInCell(
  { staging, index, stages, runtimes, cgroups }: InCell,
  owner: CellOwner,
): Promise<StartWorker> {
  const tools = toolsOf(owner);
  const { typed, files } = await findInterpreters(runtimes, tools);
  // The first core is for the coordinator, where there is more than one.
  const cores = availableParallelism();
  const core = cores > 1 ? 1 + (index % (cores - 1)) : 0;
  return () =>
    startOuter(
      {
        command: [...WORKER, ...typed, '--rooms', String(stages)],
        sees: [PROJECT, staging, ...files].filter((path) => !isOfSystem(path)),
        rooms: stages,
        environment: { PATH: tools.PATH ?? '' },
        cores: [core],
        ...(cgroups && { cgroup: { memoryBytes: 2 * 1024 ** 3, tasks: 512 } }),
      },
      owner,
    );
}
