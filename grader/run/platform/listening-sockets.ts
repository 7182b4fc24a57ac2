import { closeSync, openSync, readSync } from 'node:fs';
import type { Listener } from './platform.ts';
import { whenGone } from './read-proc.ts';

/** A listening socket, as the system's tables have it. */
export interface Socket extends Listener {
  readonly inode: string;
  /** The user whose process made it. */
  readonly owner: number;
}

const LISTEN = '0A';

/** Where Linux lists the TCP sockets of this machine. Reading one takes milliseconds. */
export const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** Whether any process listens on this port. */
export function isTaken(port: number): boolean {
  return TABLES.some((table) => readListening(table).some((row) => row.port === port));
}

/** The listening TCP sockets of this machine that a table holds. */
export function readListening(table: string): Socket[] {
  const sockets: Socket[] = [];
  for (const line of readLines(table)) {
    const [, local = '', , state, , , , owner, , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    // The kernel lists those that listen before all others, of which there may be thousands.
    if (state !== LISTEN) break;
    sockets.push({
      host: readAddress(address),
      port: Number.parseInt(port, 16),
      inode,
      owner: Number(owner),
    });
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
