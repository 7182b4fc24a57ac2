import { errorCode, MachineFault } from '../../model/errors.ts';
import { checkFamily } from './check-family.ts';
import type { Listener, Platform } from './platform.ts';

/** macOS and the BSDs: `ps` shows environments, `lsof` shows who listens. */
export const unix: Platform = {
  findFamily: async ({ leader, mark }) => {
    checkFamily({ mark });
    const rows = await run('ps', ['axeww', '-o', 'pid=,stat=,command=']);
    return rows.flatMap((row) => {
      const [, pid = '', state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? [];
      const ours = Number(pid) === leader || command.includes(mark);
      return ours && !state.startsWith('Z') ? [Number(pid)] : [];
    });
  },
  findListeners: async (family) => {
    if (family.length === 0) return [];
    const rows = await run('lsof', [
      '-a',
      '-nP',
      '-iTCP',
      '-sTCP:LISTEN',
      '-Fn',
      '-p',
      family.join(),
    ]);
    return rows.flatMap(readListener);
  },
  findSockets: undefined,
  readThreads: undefined,
  isTaken: undefined,
  signal: signalGroup,
};

/** Reads a line of `lsof -Fn`, such as `n127.0.0.1:8080`, `n*:8080` or `n[::1]:8080`. */
function readListener(row: string): Listener[] {
  const [, host = '', port = ''] = /^n(.*):(\d+)$/.exec(row) ?? [];
  if (port === '') return [];
  const bare = host.replace(/^\[|\]$/g, '');
  return [{ host: bare === '*' ? undefined : bare, port: Number(port) }];
}

/** Runs a program of the system and gives the lines it prints, whatever its exit status. */
async function run(command: string, args: readonly string[]): Promise<string[]> {
  const { execa } = await import('execa');
  const { stdout, cause, timedOut } = await execa(command, args, { reject: false, timeout: 5000 });
  if (errorCode(cause) === 'ENOENT') {
    throw new MachineFault(`${command} is needed to find a program's processes; install it`);
  }
  if (timedOut) throw new MachineFault(`${command} did not answer within 5 seconds`);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Signals the process group that a program leads. */
export function signalGroup(leader: number, signal: NodeJS.Signals): Promise<void> {
  for (const target of [-leader, leader]) {
    try {
      process.kill(target, signal);
    } catch (error) {
      // EPERM comes from a group of which only a dead process is left.
      if (!['ESRCH', 'EPERM'].includes(errorCode(error))) throw error;
    }
  }
  return Promise.resolve();
}
