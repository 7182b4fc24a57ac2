import { linux } from './linux.ts';
import { readListening, TABLES, type Socket } from './listening-sockets.ts';
import type { Platform } from './platform.ts';
import { isAlive, listNames, readOrEmpty } from './read-proc.ts';

/**
 * Linux, where every program runs as a user of its own. A container's root may not look into the
 * processes of others, neither at their environment nor at what they hold open; but whose a process
 * or a socket is, the system tells everybody, and no program can change that.
 *
 * @param usersOf the users of those programs whose mark holds a word
 */
export function linuxUsers(usersOf: (mark: string) => readonly number[]): Platform {
  return {
    ...linux,
    findFamily: ({ leader, mark }) => {
      const users = new Set(usersOf(mark));
      return Promise.resolve(
        listProcesses(({ pid, owners }) => pid === leader || owners.some((id) => users.has(id))),
      );
    },
    findListeners: (family, wanted) => {
      const found: Socket[] = [];
      for (const table of TABLES) {
        found.push(...readListening(table).filter(isOf(family)));
        if (found.some(({ port }) => port === wanted)) break;
      }
      return Promise.resolve(found);
    },
    findSockets: (pid) =>
      TABLES.flatMap(readListening)
        .filter(isOf([pid]))
        .map(({ inode }) => inode),
  };

  /** Of the moment before it has become its user, a process has nothing that counts. */
  function isOf(family: readonly number[]): (socket: Socket) => boolean {
    const users = usersOf('');
    const owners = family.flatMap(ownersOf).filter((id) => users.includes(id));
    return ({ owner }) => owners.includes(owner);
  }
}

/** The living processes that any of these users owns. */
export function listProcessesOf(users: readonly number[]): readonly number[] {
  return listProcesses(({ owners }) => owners.some((id) => users.includes(id)));
}

interface Owned {
  readonly pid: number;
  /** Its real, effective, saved and file system user. */
  readonly owners: readonly number[];
}

function listProcesses(isWanted: (owned: Owned) => boolean): readonly number[] {
  return listNames('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
    .filter((pid) => isWanted({ pid, owners: ownersOf(pid) }))
    .filter((pid) => isAlive(`/proc/${String(pid)}`));
}

function ownersOf(pid: number): readonly number[] {
  const [, ids = ''] = /^Uid:\t(.*)$/m.exec(readOrEmpty(`/proc/${String(pid)}/status`)) ?? [];
  return ids === '' ? [] : ids.split('\t').map(Number);
}
