import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Confine, Launch } from '../../run/confine.ts';
import { MARK } from '../../run/environment.ts';
import { linuxUsers } from '../../run/platform/linux-users.ts';
import { unconfined } from '../../run/process-group.ts';
import { limitUse } from '../bwrap/inner.ts';
import type { Cell } from '../cell.ts';
import { openCopy } from './open-copy.ts';
import type { Users } from './users.ts';

/**
 * Runs every program as a user of its own, who is neither the grader nor any other program: for root,
 * in a container in which no cell can be made. The disk is protected by the rights of its files, and
 * the network by nothing.
 */
export function openUserCell(users: Users): Cell {
  const opened = new Set<string>();
  const confine: Confine = (launch, platform) => {
    const mark = launch.env[MARK] ?? '';
    const uid = users.take(mark);
    admit(launch, opened);
    const base = unconfined(becoming(uid, launch), platform);
    return {
      ...base,
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

/** Lets the program into its copy, and to its temporary files; what is ours has no other way in. */
function admit({ env, disk }: Launch, opened: Set<string>): void {
  if (disk === undefined) throw new Error('a program without a copy cannot run as somebody else');
  // A stage that is graded a second time has a new copy in the same place.
  const copy = `${disk.copy} ${String(statSync(disk.copy).ino)}`;
  if (opened.has(copy)) return;
  opened.add(copy);
  openCopy(
    disk.copy,
    disk.fixed.map(({ path }) => path),
  );
  chmodSync(dirname(disk.copy), 0o711);
  chmodSync(env.TMPDIR ?? disk.copy, 0o1777);
}

function becoming(uid: number, { command, cwd, env }: Launch): Launch {
  const id = String(uid);
  return {
    command: [
      'setpriv',
      ...['--reuid', id, '--regid', id, '--clear-groups', '--no-new-privs', '--inh-caps=-all'],
      ...['--', ...limitUse(command)],
    ],
    cwd,
    // The grader's home is no place of theirs.
    env: { ...env, HOME: env.TMPDIR ?? '/' },
  };
}
