import { spawn, type ChildProcess } from 'node:child_process';
import { outerCell, type OuterCell } from './outer.ts';

/** Who a cell belongs to on this machine, and what starts it needs to find its tools. */
export interface CellOwner {
  /** An ordinary user, whom a coordinator that is root becomes; undefined: who we are. */
  readonly uid?: number | undefined;
  /** The coordinator's own environment, of which the cell gets nothing. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Starts a worker in a cell with a network of its own. Killing it ends all that is in the cell. */
export function startOuter(cell: OuterCell, { uid, environment }: CellOwner): ChildProcess {
  const [command, ...args] = outerCell(cell);
  return spawn(command, args, {
    cwd: '/',
    env: onlyNamed(environment, ['PATH', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS']),
    stdio: ['pipe', 'pipe', 'pipe'],
    // A session of its own: Ctrl-C reaches the coordinator alone, which ends its workers.
    detached: true,
    // Its other groups are given up with that.
    ...(uid !== undefined && { uid, gid: uid }),
  });
}

/** Whether this user may limit a whole cell by a control group. */
export async function hasCgroups({ environment }: CellOwner): Promise<boolean> {
  const { execa } = await import('execa');
  const limits = ['-p', 'MemoryMax=1G', '-p', 'TasksMax=100'];
  const { failed } = await execa(
    'systemd-run',
    ['--user', '--scope', '--quiet', '--collect', ...limits, '--', 'true'],
    { reject: false, timeout: 3000, stdin: 'ignore', env: environment, extendEnv: false },
  );
  return !failed;
}

function onlyNamed(
  environment: CellOwner['environment'],
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
