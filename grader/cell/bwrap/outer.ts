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
 * port from the next, which may have the same number written into it. Then the right to say so is
 * given up: bubblewrap refuses to start with any.
 */
const PREPARE_NETWORK = [
  'sh',
  '-c',
  'echo 0 > /proc/sys/net/ipv4/tcp_max_tw_buckets; exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"',
  'sh',
];

function inCgroup(cgroup: OuterCell['cgroup']): string[] {
  if (!cgroup) return [];
  return [
    ...['systemd-run', '--user', '--scope', '--quiet', '--collect'],
    ...['-p', `MemoryMax=${String(cgroup.memoryBytes)}`, '-p', `TasksMax=${String(cgroup.tasks)}`],
    '--',
  ];
}
