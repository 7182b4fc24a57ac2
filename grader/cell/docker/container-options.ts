import { existsSync } from 'node:fs';
import { NOTES_FD } from '../../run/confine.ts';
import { LIMITS } from '../limits.ts';
import { roomsOf } from '../rooms.ts';
import { tellStatus } from '../tell-status.ts';
import type { StartOrder } from './order/order.ts';
import { PIPES_INSIDE } from './pipes.ts';
import { LABELS } from './remove-left.ts';

/** What all containers of a slot have in common. Paths are absolute. */
export interface ContainerKit {
  readonly image: string;
  readonly run: string;
  readonly owner: string;
  /** The user that everything runs as, by numbers. */
  readonly uid: number;
  readonly gid: number;
  /** The filter of system calls. */
  readonly profile: string;
  /** The folder of the files that become /etc/passwd and /etc/group. */
  readonly etc: string;
  readonly cores: readonly number[] | undefined;
  /** The names of the volumes that are the slot's rooms. */
  readonly volumes: readonly string[];
}

export interface WorkerContainer {
  readonly name: string;
  readonly command: readonly string[];
  readonly sees: readonly string[];
  readonly shares: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const MEMORY_OF_WORKER = 2 * 1024 ** 3;
const PROCESSES_OF_WORKER = 512;
const TEMPORARY_OF_WORKER = 256 * 1024 ** 2;

/** The arguments for docker that run a worker in a container with a network of its own. */
export function workerContainer(kit: ContainerKit, worker: WorkerContainer): readonly string[] {
  const { name, command, sees, shares, environment } = worker;
  return [
    ...['run', '--interactive', '--name', name, ...sharedOptions(kit)],
    // By their numbers on this machine it watches its programs, and ends them.
    ...['--network', 'none', '--pid', 'host', '--hostname', 'localhost', ...NETWORK],
    ...limitMemory(MEMORY_OF_WORKER),
    ...['--pids-limit', String(PROCESSES_OF_WORKER)],
    ...temporary(TEMPORARY_OF_WORKER),
    ...kit.volumes.flatMap((volume, index) =>
      mount(
        ...['type=volume', `src=${volume}`, `dst=${roomsOf(index + 1).at(-1) ?? ''}`],
        ...[`volume-label=${LABELS.run}=${kit.run}`, `volume-label=${LABELS.owner}=${kit.owner}`],
        ...['volume-driver=local', 'volume-opt=type=tmpfs', 'volume-opt=device=tmpfs'],
        `volume-opt=o=size=${String(LIMITS.room)},mode=0755,uid=${String(kit.uid)},gid=${String(kit.gid)},nosuid,nodev`,
      ),
    ),
    ...sees.flatMap((path) => bind(path, path)),
    ...shares.flatMap((path) => mount('type=bind', `src=${path}`, `dst=${path}`)),
    ...Object.entries({ HOME: '/tmp', TMPDIR: '/tmp', ...environment }).flatMap(([key, value]) => [
      '--env',
      `${key}=${value}`,
    ]),
    ...['--entrypoint', command[0] ?? '', kit.image, ...command.slice(1)],
  ];
}

/** What the machine itself has of a program's container. */
export interface ProgramFiles {
  readonly pipes: string;
  /** Where the fixed files of the order are, in its order. */
  readonly fixed: readonly string[];
}

/**
 * The arguments for docker that start a program in a container which shares the worker's network, and
 * nothing else.
 *
 * @param worker the name of the worker's container
 */
export function programContainer(
  kit: ContainerKit,
  order: StartOrder,
  { worker, files }: { readonly worker: string; readonly files: ProgramFiles },
): readonly string[] {
  const { room, cwd, command, environment } = order;
  const volume = room === undefined ? undefined : kit.volumes[room];
  const place = room === undefined ? undefined : roomsOf(room + 1)[room];
  return [
    ...['run', '--detach', ...sharedOptions(kit), '--network', `container:${worker}`],
    ...limitMemory(LIMITS.memory),
    ...['--pids-limit', String(LIMITS.processes), '--shm-size', String(LIMITS.shared)],
    ...temporary(LIMITS.temporary),
    ...ULIMITS.flatMap((limit) => ['--ulimit', limit]),
    ...['passwd', 'group'].flatMap((name) => bind(`${kit.etc}/${name}`, `/etc/${name}`)),
    ...bind(files.pipes, PIPES_INSIDE),
    ...(volume === undefined || place === undefined
      ? []
      : mount('type=volume', `src=${volume}`, `dst=${place}`)),
    ...order.fixed.flatMap(({ path }, index) => bind(files.fixed[index] ?? '', path)),
    ...order.reads.flatMap((path) => bind(path, path)),
    ...['--workdir', cwd, '--entrypoint', 'sh', kit.image, '-c', runProgram(order), 'sh'],
    // Docker adds some variables of its own, and the image others.
    ...['env', '-i', ...Object.entries(environment).map((pair) => pair.join('=')), ...command],
  ];
}

/** Nothing of the program has begun as long as nobody reads its pipes. Its stdin never ends. */
function runProgram({ takesNotes }: StartOrder): string {
  const notes = takesNotes ? ` ${String(NOTES_FD)}>${PIPES_INSIDE}/notes` : '';
  return `exec 0<>${PIPES_INSIDE}/in >${PIPES_INSIDE}/out 2>${PIPES_INSIDE}/err 4>${PIPES_INSIDE}/status${notes}
${tellStatus(1)}`;
}

/** As `limitUse` has them for bubblewrap; processes are limited by the container. */
const ULIMITS = [
  `fsize=${LIMITS.file}`,
  `nofile=${LIMITS.descriptors}`,
  'core=0',
  `data=${LIMITS.memory}`,
  `cpu=${LIMITS.processorSeconds}`,
  'memlock=65536',
  'msgqueue=0',
];

const IPV6 = 'net.ipv6.conf.all.disable_ipv6';

/** As in bubblewrap's outer cell; older engines turn IPv6 off where no network has it. */
const NETWORK = [
  ...['--sysctl', 'net.ipv4.tcp_max_tw_buckets=0'],
  ...(existsSync(`/proc/sys/${IPV6.replaceAll('.', '/')}`) ? ['--sysctl', `${IPV6}=0`] : []),
];

function sharedOptions(kit: ContainerKit): readonly string[] {
  return [
    ...['--rm', '--pull', 'never', '--read-only', '--cap-drop', 'ALL', '--ipc', 'private'],
    ...['--security-opt', 'no-new-privileges', '--security-opt', `seccomp=${kit.profile}`],
    ...['--user', `${String(kit.uid)}:${String(kit.gid)}`, '--no-healthcheck'],
    // What a program prints goes through pipes; a log would fill the machine's disk.
    ...['--log-driver', 'none'],
    ...['--label', `${LABELS.run}=${kit.run}`, '--label', `${LABELS.owner}=${kit.owner}`],
    ...(kit.cores ? ['--cpuset-cpus', kit.cores.join(',')] : []),
  ];
}

/** Without swap, which would let a program have twice as much. */
function limitMemory(bytes: number): readonly string[] {
  return ['--memory', String(bytes), '--memory-swap', String(bytes)];
}

function temporary(bytes: number): readonly string[] {
  return ['--tmpfs', `/tmp:rw,exec,nosuid,nodev,mode=1777,size=${String(bytes)}`];
}

function bind(source: string, target: string): readonly string[] {
  return mount('type=bind', `src=${source}`, `dst=${target}`, 'readonly');
}

/** Docker reads these fields as CSV. */
function mount(...fields: readonly string[]): readonly string[] {
  const quoted = fields.map((field) => `"${field.replaceAll('"', '""')}"`);
  return ['--mount', quoted.join(',')];
}
