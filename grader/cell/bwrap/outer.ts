import { existsSync } from 'node:fs';
import { LIMITS } from '../limits.ts';
import { roomsOf } from '../rooms.ts';

/** What a worker's cell is made of. All paths are absolute. */
export interface OuterCell {
  readonly command: readonly string[];
  /** What it reads in places that are hidden from it otherwise: the grader, and the work it grades. */
  readonly sees: readonly string[];
  /** Folders that it shares with us, to write in: for a socket at which it is reached. */
  readonly shares?: readonly string[];
  /** How many file systems of limited size it has for throwaway copies: one a stage. */
  readonly rooms: number;
  /** All of its environment; HOME and TMPDIR are /tmp where it does not say so. */
  readonly environment: Readonly<Record<string, string>>;
  /** The cores that it, and what it starts, may use; undefined for all. */
  readonly cores?: readonly number[];
  /** Limits on the whole cell, for a machine whose user may set them: see `hasCgroups`. */
  readonly cgroup?: { readonly memoryBytes: number; readonly tasks: number };
}

/** The command that runs a worker in a cell with a network of its own. */
export function outerCell(cell: OuterCell): readonly [string, ...string[]] {
  const whole = [
    ...inCgroup(cell.cgroup),
    ...(cell.cores ? ['taskset', '--cpu-list', cell.cores.join(',')] : []),
    ...(existsSync(CHILD_TABLE) ? SMALL_TABLE : []),
    'bwrap',
    ...describeCell(cell),
    '--',
    ...PREPARE_NETWORK,
    ...cell.command,
  ];
  const [first = 'bwrap', ...rest] = whole;
  return [first, ...rest];
}

/** What a worker has no need of. Homes hold keys, and below /run are the sockets of services. */
const HIDDEN = ['/home', '/root', '/run', '/tmp', '/mnt'];

function describeCell({ sees, shares = [], rooms, environment }: OuterCell): string[] {
  return [
    ...['--unshare-user', '--unshare-net', '--unshare-ipc', '--unshare-uts'],
    ...['--unshare-cgroup-try', '--die-with-parent', '--cap-add', 'CAP_NET_ADMIN'],
    // Not a new /proc: the kernel lets the inner cell mount one only where this one is whole.
    ...['--ro-bind', '/', '/', '--dev-bind', '/dev', '/dev', '--bind', '/proc', '/proc'],
    ...HIDDEN.filter((folder) => existsSync(folder)).flatMap((folder) => ['--tmpfs', folder]),
    ...roomsOf(rooms).flatMap((room) => ['--size', String(LIMITS.room), '--tmpfs', room]),
    ...sees.flatMap((path) => ['--ro-bind', path, path]),
    ...shares.flatMap((path) => ['--bind', path, path]),
    '--clearenv',
    ...Object.entries({ HOME: '/tmp', TMPDIR: '/tmp', ...environment }).flatMap((pair) => [
      '--setenv',
      ...pair,
    ]),
    ...['--chdir', '/tmp'],
  ];
}

/**
 * A worker grades one submission after the other. Connections that one has ended must not keep the
 * port from the next, which may have the same number written into it.
 */
const PREPARE_NETWORK = setInNetwork('/proc/sys/net/ipv4/tcp_max_tw_buckets', 0);

/** How many places a new network's table of connections has; Linux 6.1 and newer can be told. */
export const CHILD_TABLE = '/proc/sys/net/ipv4/tcp_child_ehash_entries';

/**
 * Another network, in which that of the cell is made. Otherwise the cell's has the table of the machine, of
 * hundreds of thousands of places, and all are looked at each time that a worker asks who listens.
 */
const SMALL_TABLE = [
  ...[
    'bwrap',
    '--unshare-user',
    '--unshare-net',
    '--die-with-parent',
    '--cap-add',
    'CAP_NET_ADMIN',
  ],
  ...['--dev-bind', '/', '/', '--bind', '/proc', '/proc', '--'],
  ...setInNetwork(CHILD_TABLE, 1024),
];

/**
 * Sets something in a new network. Then the right to do so is given up: bubblewrap refuses to start with
 * any. What follows is the command that runs there.
 */
function setInNetwork(setting: string, value: number): readonly string[] {
  const giveUp = 'setpriv --inh-caps=-all --ambient-caps=-all';
  return ['sh', '-c', `echo ${String(value)} > ${setting}; exec ${giveUp} -- "$@"`, 'sh'];
}

function inCgroup(cgroup: OuterCell['cgroup']): string[] {
  if (!cgroup) return [];
  return [
    ...['systemd-run', '--user', '--scope', '--quiet', '--collect'],
    ...['-p', `MemoryMax=${String(cgroup.memoryBytes)}`, '-p', `TasksMax=${String(cgroup.tasks)}`],
    '--',
  ];
}
