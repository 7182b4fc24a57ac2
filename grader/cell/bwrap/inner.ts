import { LIMITS } from '../limits.ts';
import { bindSystem } from './system-folders.ts';

/** What the cell of one program is made of. All paths are absolute. */
export interface InnerCell {
  /** The folder that becomes /etc. */
  readonly etc: string;
  /** Folders that it may write to, files in these that stay as they are, and what else it reads. */
  readonly writes: readonly string[];
  /** What they hold is read from these descriptors. */
  readonly fixed: readonly { readonly path: string; readonly fd: number }[];
  readonly reads: readonly string[];
  readonly cwd: string;
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Bubblewrap's arguments for the cell of one program, without the command that runs in it. */
export function innerCell(cell: InnerCell): readonly string[] {
  return [
    ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts'],
    ...['--unshare-cgroup-try', '--disable-userns', '--uid', '1000', '--gid', '1000'],
    ...['--hostname', 'localhost', '--die-with-parent', '--new-session'],
    ...bindSystem(),
    ...['--ro-bind', cell.etc, '/etc'],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', String(LIMITS.shared), '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--size', String(LIMITS.temporary), '--tmpfs', '/tmp'],
    ...cell.writes.flatMap((path) => ['--bind', path, path]),
    ...cell.fixed.flatMap(({ path, fd }) => [
      ...['--perms', '0755', '--ro-bind-data', String(fd), path],
    ]),
    ...cell.reads.flatMap((path) => ['--ro-bind', path, path]),
    // Last of all: until here it makes the places where things are bound.
    ...['--remount-ro', '/'],
    '--clearenv',
    ...Object.entries(cell.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--chdir', cell.cwd],
  ];
}

/** The command that limits what it runs, within a cell, so that the limits count for that cell. */
export function limitUse(
  command: readonly string[],
  processes: number = LIMITS.processes,
): readonly [string, ...string[]] {
  return [
    'prlimit',
    `--nproc=${String(processes)}`,
    `--fsize=${LIMITS.file}`,
    `--nofile=${LIMITS.descriptors}`,
    '--core=0',
    `--data=${LIMITS.memory}`,
    `--cpu=${LIMITS.processorSeconds}`,
    '--memlock=65536',
    '--msgqueue=0',
    ...command,
  ];
}
