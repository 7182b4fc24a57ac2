import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { errorCode } from '../../model/errors.ts';

/** What a file of /proc says; nothing where it is not there, or not ours to read. */
export function readOrEmpty(path: string): string {
  try {
    return readAll(path);
  } catch (error) {
    return whenGone(error, '');
  }
}

/** Where all that is read lands first: these files have no size, and are read dozens of times a second. */
const ROOM = Buffer.allocUnsafe(16 * 1024);

function readAll(path: string): string {
  const file = openSync(path, 'r');
  try {
    let text = '';
    for (let size = readSync(file, ROOM); size > 0; size = readSync(file, ROOM)) {
      text += ROOM.toString('latin1', 0, size);
    }
    return text;
  } finally {
    closeSync(file);
  }
}

/** The names in a folder of /proc; none where it is not there. */
export function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    return whenGone(error, []);
  }
}

/** Where a link of /proc leads; nowhere where it is not there. */
export function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    return whenGone(error, '');
  }
}

/**
 * What the `stat` of a process or a thread says from the state on; the name before it may hold
 * anything.
 *
 * @param folder of the process or thread
 */
export function statOf(folder: string): readonly string[] {
  const stat = readOrEmpty(`${folder}/stat`);
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Whether it has not ended, or is only waited for. @param folder of the process */
export function isAlive(folder: string): boolean {
  const [state] = statOf(folder);
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** What /proc answers of what has gone while it was looked at, is another user's, or was never there. */
const GONE = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL', 'ENOTDIR']);

/** The value that stands for what is not there. @throws any other error */
export function whenGone<Value>(error: unknown, value: Value): Value {
  if (GONE.has(errorCode(error))) return value;
  throw error;
}
