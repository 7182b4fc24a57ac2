import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { errorCode } from '../model/errors.ts';

/** `O_CLOEXEC`, as `/proc/self/fdinfo` writes it: in octal. */
const CLOSED_ON_START = 0o2000000;

/**
 * Closes the descriptors above stderr that whoever started this process left open in it: all that
 * it starts would have them too, students' programs included. Node's own are not meant for others.
 */
export function closeInherited(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    if (fd <= 2 || (flagsOf(fd) & CLOSED_ON_START) !== 0) continue;
    closeSync(fd);
  }
}

function flagsOf(fd: number): number {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${String(fd)}`, 'latin1');
    return Number.parseInt(/^flags:\s*(\d+)$/m.exec(info)?.[1] ?? '', 8);
  } catch (error) {
    // The one by which they were listed has gone.
    if (errorCode(error) === 'ENOENT') return CLOSED_ON_START;
    throw error;
  }
}
