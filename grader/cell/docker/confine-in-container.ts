import type { Readable, Writable } from 'node:stream';
import { MachineFault } from '../../model/errors.ts';
import type { Confined, Hold, Launch } from '../../run/confine.ts';
import { MARK } from '../../run/environment.ts';
import type { Exit } from '../../run/exit.ts';
import type { Cell } from '../cell.ts';
import { environmentWithin } from '../environment-within.ts';
import { listFixed } from '../fixed-files.ts';
import { linkOf } from '../../run/platform/read-proc.ts';
import { signalGroup } from '../../run/platform/unix.ts';
import { beganAt, type FirstProcess } from '../hold/cell-processes.ts';
import { holdCell } from '../hold/hold-cell.ts';
import { readLines } from '../hold/read-lines.ts';
import { listLent } from './lent-folders.ts';
import type { StartOrder } from './order/order.ts';
import { sendOrder, type Lease } from './order/send-order.ts';
import { relay } from './pipes.ts';

export interface ContainerCellOptions {
  /** Where containers are asked for. */
  readonly socketPath: string;
  readonly rooms: readonly string[];
  /** The grader's own folder. */
  readonly project: string;
}

/** Makes ready for programs to run in containers that the coordinator starts for this worker. */
export function openContainerCell(options: ContainerCellOptions): Cell {
  return { rooms: options.rooms, confine: (launch) => confineLaunch(launch, options) };
}

type Started = Parameters<Confined['hold']>[0];

function confineLaunch(launch: Launch, options: ContainerCellOptions): Confined {
  return {
    command: ['sh', '-c', relay(launch.takesNotes === true)],
    cwd: '/',
    env: { [MARK]: launch.env[MARK] ?? '', PATH: '/usr/local/bin:/usr/bin:/bin' },
    descriptors: ['pipe', 'pipe'],
    release: () => undefined,
    hold: (relay) => hold(relay, launch, options),
  };
}

async function hold(relay: Started, launch: Launch, options: ContainerCellOptions): Promise<Hold> {
  const room = options.rooms.findIndex((each) => launch.disk?.copy.startsWith(`${each}/`));
  let lease: Lease | undefined;
  try {
    lease = await sendOrder(options.socketPath, orderFor(launch, room, options));
    return await holdContainer(relay, lease, options.rooms[room]);
  } catch (error) {
    lease?.drop();
    await endRelay(relay);
    throw error;
  }
}

/** Takes hold of a container that waits for its pipes to be opened. @param room that of its copy */
async function holdContainer(
  relay: Started,
  lease: Lease,
  room: string | undefined,
): Promise<Hold> {
  const first = await waitForShell(lease.pid);
  const status = readStatusOf(relay);
  const gone = new Promise<Exit>((resolve) => {
    status.once('close', () => {
      lease.end();
      resolve({ kind: 'signal', signal: 'SIGKILL' });
    });
  });
  const lines = readLines(status);
  controlOf(relay).end(`${lease.pipes}\n`);
  const stopLooking = endRelayWithout(lease.pid, relay);
  try {
    return await holdCell({
      first: Promise.resolve(first),
      status: lines,
      gone,
      room,
      giveUp: () => Promise.resolve('its container ended'),
    });
  } finally {
    stopLooking();
  }
}

/**
 * A container that ends before it has opened its pipes says nothing by them, and the relay would wait for
 * ever. What one that opened them has said is on its way.
 *
 * @returns what ends the looking
 */
function endRelayWithout(pid: number, relay: Started): () => void {
  const began = beganAt(pid);
  let timesGone = 0;
  const look = setInterval(() => {
    timesGone += began === undefined || beganAt(pid) !== began ? 1 : 0;
    if (timesGone > MOST_LOOKS) void endRelay(relay);
  }, LOOK_MS);
  return () => {
    clearInterval(look);
  };
}

/** Whatever it waits for: each of its pipes has a process of its own. */
function endRelay({ pid }: Started): Promise<void> {
  return signalGroup(pid, 'SIGKILL');
}

const LOOK_MS = 50;
const MOST_LOOKS = 60;

/**
 * Waits until a container's first process has become the shell, which it does within moments: until then
 * it is docker's own, and cannot be looked into. The shell waits for us to open its pipes.
 */
async function waitForShell(pid: number): Promise<FirstProcess> {
  while (beganAt(pid) !== undefined) {
    const namespace = linkOf(`/proc/${String(pid)}/ns/pid`);
    if (namespace !== '') return { pid, namespace, isShell: true };
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new MachineFault('the cell ended before its program began');
}

function orderFor(
  { command, cwd, env, disk, takesNotes }: Launch,
  room: number,
  { project }: ContainerCellOptions,
): StartOrder {
  const lent = listLent(project);
  return {
    command,
    cwd,
    environment: environmentWithin(env),
    room: room < 0 ? undefined : room,
    fixed: listFixed(disk).map(({ path, bytes }) => ({ path, base64: bytes.toString('base64') })),
    // Interpreters are in the image.
    reads: (disk?.reads ?? []).filter((path) => lent.some((each) => path.startsWith(`${each}/`))),
    takesNotes: takesNotes === true,
  };
}

function readStatusOf({ stdio }: Started): Readable {
  const stream = stdio[3];
  if (!stream || !('read' in stream)) throw new Error('a relay was started without its pipes');
  return stream;
}

function controlOf({ stdio }: Started): Writable {
  const stream = stdio[4];
  if (!stream || !('write' in stream)) throw new Error('a relay was started without its pipes');
  stream.on('error', () => undefined);
  return stream;
}
