import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Confine, Launch } from '../../run/confine.ts';
import { MARK } from '../../run/environment.ts';
import { linuxUsers, type ProgramIds } from '../../run/platform/linux-users.ts';
import { unconfined } from '../../run/process-group.ts';
import { limitUse } from '../bwrap/inner.ts';
import type { Cell } from '../cell.ts';
import { LIMITS } from '../limits.ts';
import { openCopy } from './open-copy.ts';
import type { Users } from './users.ts';

/**
 * Runs the programs of every copy as a user of their own, who is neither the grader nor that of any other
 * copy: for root, in a container in which no cell can be made. The disk is protected by the rights of its files, and
 * the network by nothing.
 */
export function openUserCell(users: Users): Cell {
  const opened = new Set<string>();
  const confine: Confine = (launch, platform) => {
    const mark = launch.env[MARK] ?? '';
    const copy = admit(launch, opened);
    const base = unconfined(becoming(users.take(mark, copy), launch), platform);
    return {
      ...base,
      release: (hasStarted) => {
        if (!hasStarted) users.release(mark);
      },
      hold: async (started) => {
        const hold = await base.hold(started);
        return {
          ...hold,
          kill: async () => {
            await hold.kill();
            await users.end(mark);
          },
        };
      },
    };
  };
  return { confine, platform: linuxUsers((mark) => users.of(mark)), rooms: [] };
}

/**
 * Lets the program into its copy, and to its temporary files; what is ours has no other way in.
 *
 * @returns the copy's path
 */
function admit({ env, disk }: Launch, opened: Set<string>): string {
  if (disk === undefined) throw new Error('a program without a copy cannot run as somebody else');
  // A stage that is graded a second time has a new copy in the same place.
  const { copy, fixed } = disk;
  const key = `${copy} ${String(statSync(copy).ino)}`;
  if (opened.has(key)) return copy;
  opened.add(key);
  openCopy(
    copy,
    fixed.map(({ path }) => path),
  );
  chmodSync(dirname(copy), 0o711);
  chmodSync(env.TMPDIR ?? copy, 0o1777);
  return copy;
}

/** Of a user: those of a server, and of a few calls of its functions meanwhile. */
const PROCESSES = 4 * LIMITS.processes;

function becoming({ uid, gid }: ProgramIds, { command, cwd, env }: Launch): Launch {
  return {
    command: [
      'setpriv',
      ...['--reuid', String(uid), '--regid', String(gid), '--clear-groups'],
      ...['--no-new-privs', '--inh-caps=-all', '--', ...limitUse(command, PROCESSES)],
    ],
    cwd,
    // The grader's home is no place of theirs.
    env: { ...env, HOME: env.TMPDIR ?? '/' },
  };
}
