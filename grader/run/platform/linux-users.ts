import { linux } from './linux.ts';
import { readListening, TABLES, type Socket } from './listening-sockets.ts';
import type { Platform } from './platform.ts';
import { isAlive, listNames, readOrEmpty } from './read-proc.ts';

/** What a program runs as. */
export interface ProgramIds {
  /** Others may be the same user. */
  readonly uid: number;
  /** A group that no other program has. */
  readonly gid: number;
}

/**
 * Linux, where every program runs as a user and in a group that are for programs alone. A container's
 * root may not look into the processes of others, neither at their environment nor at what they hold
 * open; but the system tells everybody of which group a process is, and of which user a socket, and no
 * program can change that.
 *
 * @param programsOf what the programs run as whose mark holds a word
 */
export function linuxUsers(programsOf: (mark: string) => readonly ProgramIds[]): Platform {
  return {
    ...linux,
    findFamily: ({ leader, mark }) => {
      const wanted = new Set(programsOf(mark).map(({ gid }) => gid));
      return Promise.resolve(
        listProcesses((pid) => pid === leader || groupsOf(pid).some((id) => wanted.has(id))),
      );
    },
    findListeners: (family, wanted) => {
      const found: Socket[] = [];
      for (const table of TABLES) {
        found.push(...readListening(table).filter(isOf(family, wanted)));
        if (found.some(({ port }) => port === wanted)) break;
      }
      return Promise.resolve(found);
    },
    findSockets: (pid) =>
      TABLES.flatMap(readListening)
        .filter(isOf([pid]))
        .map(({ inode }) => inode),
  };

  /**
   * Whose a socket is cannot be told where several programs are the same user. Then the port that one
   * was told is its own: the others are told none.
   */
  function isOf(family: readonly number[], wanted?: number): (socket: Socket) => boolean {
    // Of the moment before it has become its user, a process has nothing that counts.
    const groups = family.flatMap(groupsOf);
    const programs = programsOf('');
    const users = programs.flatMap(({ uid, gid }) => (groups.includes(gid) ? [uid] : []));
    const isShared = programs.some(({ uid, gid }) => users.includes(uid) && !groups.includes(gid));
    return ({ owner, port }) =>
      users.includes(owner) && (!isShared || wanted === undefined || port === wanted);
  }
}

/** The living processes of these groups. */
export function listProcessesOf(groups: readonly number[]): readonly number[] {
  return listProcesses((pid) => groupsOf(pid).some((id) => groups.includes(id)));
}

/** The living processes of a user. */
export function listProcessesOfUser(uid: number): readonly number[] {
  return listProcesses((pid) => readIds(pid, 'Uid').includes(uid));
}

function listProcesses(isWanted: (pid: number) => boolean): readonly number[] {
  return listNames('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
    .filter(isWanted)
    .filter((pid) => isAlive(`/proc/${String(pid)}`));
}

function groupsOf(pid: number): readonly number[] {
  return readIds(pid, 'Gid');
}

/** The real, effective, saved and file system user or group of a process. */
function readIds(pid: number, kind: 'Uid' | 'Gid'): readonly number[] {
  const status = readOrEmpty(`/proc/${String(pid)}/status`);
  const [, ids = ''] = new RegExp(`^${kind}:\\t(.*)$`, 'm').exec(status) ?? [];
  return ids === '' ? [] : ids.split('\t').map(Number);
}
