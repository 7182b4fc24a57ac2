import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../run/environment.ts';
import { whenEnded } from '../../run/when-ended.ts';
import { ownerOfCells, type WorkerCell } from '../cells.ts';
import { roomsOf } from '../rooms.ts';
import { socketIn } from '../socket-path.ts';
import { workerContainer, type ContainerKit } from './container-options.ts';
import { listLent } from './lent-folders.ts';
import type { StartOrder } from './order/order.ts';
import { serveOrders, type StartedProgram } from './order/serve-orders.ts';
import type { Docker } from './run-docker.ts';
import { nameThisProcess } from './run-owner.ts';
import { startProgram } from './start-program.ts';

export interface SlotOptions {
  readonly docker: Docker;
  /** Of docker's client. */
  readonly environment: Environment;
  readonly image: string;
  /** The grader's own folder. */
  readonly project: string;
  /** The file of the filter of system calls. */
  readonly profile: string;
  /** By which all containers of this coordinator are known. */
  readonly run: string;
  readonly slot: number;
  /** The slot's folder, which is not there yet. */
  readonly place: string;
}

export interface OpenSlot {
  /** Starts a worker; the one before must have ended. */
  readonly start: () => ChildProcess;
  /** Settles once no container is started any more; those of programs are removed, as far as can be. */
  readonly refuse: () => Promise<void>;
  /** Settles once its containers, which must have been removed, are not spoken of any more. */
  readonly close: () => Promise<void>;
}

/**
 * Makes ready for the workers of a slot. A worker cannot start containers itself: who may tell docker to
 * do so has this machine. It asks for them by a socket, and gets those of its own slot only.
 */
export async function openSlot(cell: WorkerCell, options: SlotOptions): Promise<OpenSlot> {
  const { docker, environment, project, run, slot } = options;
  const folders = makeFolders(options.place);
  const socketPath = socketIn(folders.shared);
  const kit = describeSlot(cell, options, folders.etc);
  let [workers, name] = [0, ''];
  const start = startPrograms({ docker, kit, folders, worker: () => name });
  const orders = await serveOrders({
    socketPath,
    uid: ownerOfCells(slot),
    rooms: roomsOf(cell.rooms),
    lent: listLent(project),
    start,
  });
  const removals: Promise<unknown>[] = [];
  const typed = cell.typed.flatMap((each) => ['--runtime', each]);
  const within = ['--rooms', String(cell.rooms), '--through', socketPath];
  return {
    start: () => {
      workers += 1;
      const container = `${run}${String(slot)}-${String(workers)}`;
      name = container;
      const args = workerContainer(kit, {
        name,
        command: ['node', ...cell.script, ...typed, ...within],
        sees: [project, folders.shared, ...cell.sees],
        shares: cell.shares ?? [],
        environment: cell.environment ?? {},
      });
      // A session of its own: Ctrl-C reaches the coordinator alone, which ends its workers.
      const client = spawn('docker', args, { env: environment, detached: true });
      removals.push(removeAfter(client, () => docker(['rm', '--force', '--volumes', container])));
      return client;
    },
    refuse: orders.close,
    close: async () => {
      await Promise.all(removals);
    },
  };
}

interface ProgramStarter {
  readonly docker: Docker;
  readonly kit: ContainerKit;
  readonly folders: SlotFolders;
  /** The name of the container of the worker that there is now. */
  readonly worker: () => string;
}

/** Starts the programs that workers order, each with folders of its own. */
function startPrograms({
  docker,
  kit,
  folders,
  worker,
}: ProgramStarter): (order: StartOrder) => Promise<StartedProgram> {
  let programs = 0;
  return (order) => {
    programs += 1;
    const pipes = join(folders.shared, String(programs));
    const kept = join(folders.kept, String(programs));
    return startProgram(order, { docker, kit, worker: worker(), pipes, kept });
  };
}

interface SlotFolders {
  /** What the worker sees, and cannot write: the socket, and the pipes of its programs. */
  readonly shared: string;
  /** What it does not see. */
  readonly kept: string;
  /** What becomes part of /etc. */
  readonly etc: string;
}

function makeFolders(place: string): SlotFolders {
  const [shared, kept, etc] = [join(place, 'shared'), join(place, 'kept'), join(place, 'etc')];
  for (const folder of [place, shared, kept, etc]) mkdirSync(folder, { mode: 0o700 });
  chmodSync(shared, 0o755);
  return { shared, kept, etc };
}

/** @param etc the folder for what containers know of users */
function describeSlot(
  { cores, rooms }: WorkerCell,
  { image, profile, run, slot }: SlotOptions,
  etc: string,
): ContainerKit {
  const uid = ownerOfCells(slot) ?? process.getuid?.() ?? 0;
  const gid = ownerOfCells(slot) ?? process.getgid?.() ?? 0;
  const files = {
    passwd: `student:x:${String(uid)}:${String(gid)}:student:/tmp:/bin/sh\n`,
    group: `student:x:${String(gid)}:\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(etc, name), text);
    chmodSync(join(etc, name), 0o644);
  }
  const volumes = roomsOf(rooms).map((_, room) => `${run}${String(slot)}-${String(room)}`);
  return { image, run, owner: nameThisProcess(), uid, gid, profile, etc, cores, volumes };
}

/** A client that is killed leaves its container running. What is left even so goes with the run. */
async function removeAfter(client: ChildProcess, remove: () => Promise<unknown>): Promise<void> {
  await whenEnded(client);
  await remove().catch(() => undefined);
}
