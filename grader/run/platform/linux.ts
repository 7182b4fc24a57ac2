import { closeSync, openSync, readSync } from 'node:fs';
import { checkFamily } from './check-family.ts';
import { readThreads } from './linux-threads.ts';
import type { Family, Listener, Platform } from './platform.ts';
import { isAlive, linkOf, listNames, readOrEmpty, whenGone } from './read-proc.ts';
import { signalGroup } from './unix.ts';

const LISTEN = '0A';

interface Socket extends Listener {
  readonly inode: string;
}

/** Linux tells everything in /proc, without starting a process. */
export const linux: Platform = {
  findFamily: async (family) => Promise.resolve(findFamily(family)),
  findListeners: (family, wanted) => Promise.resolve(findListeners(family, wanted)),
  findSockets: socketsOf,
  isTaken: (port) => TABLES.some((table) => readListening(table).some((row) => row.port === port)),
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

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** The listening TCP sockets of this machine that a table holds. */
function readListening(table: string): Socket[] {
  const sockets: Socket[] = [];
  for (const line of readLines(table)) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    // The kernel lists those that listen before all others, of which there may be thousands.
    if (state !== LISTEN) break;
    sockets.push({ host: readAddress(address), port: Number.parseInt(port, 16), inode });
  }
  return sockets;
}

/** The lines of a table without its heading, read piece by piece and only as far as they are used. */
function* readLines(path: string): Generator<string> {
  const file = openOrNothing(path);
  if (file === undefined) return;
  try {
    const piece = Buffer.alloc(4096);
    let rest = '';
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) {
      const lines = `${rest}${piece.toString('latin1', 0, size)}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => !line.includes('local_address'));
    }
  } finally {
    closeSync(file);
  }
}

/** A machine without IPv6 has no table for it. */
function openOrNothing(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    whenGone(error, undefined);
    return undefined;
  }
}

/** The kernel prints addresses as 32-bit words in the machine's own byte order. */
function readAddress(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (LITTLE_ENDIAN) bytes.swap32();
  if (bytes.byteLength === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index));
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return mapped
    ? bytes.subarray(12).join('.')
    : groups.map((group) => group.toString(16)).join(':');
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
