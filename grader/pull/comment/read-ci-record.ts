import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { showLine } from '../../report/show-text.ts';
import type { CiRecord } from '../../model/ci-record.ts';
import { errorCode, UsageError } from '../../model/errors.ts';
import { parseCiRecord } from './parse-ci-record.ts';

/** Many times what a pull request with every check of ten labs failing comes to. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads the record of a pull request from a file that may be anybody's.
 *
 * @throws UsageError where it is none: too large, a link, no JSON, or anything more or less than the
 *   schema says
 */
export function readCiRecord(file: string): CiRecord {
  const parsed = parseCiRecord(readPlainFile(file));
  if (!('fault' in parsed)) return parsed;
  throw refuse(file, `is no record of a pull request: ${showLine(parsed.fault)}`);
}

const WHY_UNREAD: ReadonlyMap<string, string> = new Map([
  ['ELOOP', 'is a link'],
  ['ENOENT', 'does not exist'],
]);

function readPlainFile(file: string): string {
  let descriptor: number;
  try {
    // Neither through a link, nor waiting for the other end of a pipe.
    const how = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    descriptor = openSync(file, how);
  } catch (error) {
    throw refuse(
      file,
      WHY_UNREAD.get(errorCode(error)) ?? `cannot be read (${errorCode(error)})`,
      error,
    );
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw refuse(file, 'is no plain file');
    if (stats.size > MOST_BYTES) throw refuse(file, 'is larger than any record');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function refuse(file: string, reason: string, cause?: unknown): UsageError {
  return new UsageError(`--result ${file} ${reason}; name the file that npm run ci wrote.`, {
    cause,
  });
}
