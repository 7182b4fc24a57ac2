import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { SurveyedFile } from '../../cell/survey.ts';
import { errorCode } from '../../model/errors.ts';

/** Files larger than this, in bytes, are known by their size and times: they are not read for it. */
const READ_WHOLE = 1024 * 1024;

/**
 * Makes a reader of fingerprints: two that differ mean that a file has changed.
 *
 * @returns reads each file once, however often it is asked for
 */
export function fingerprinter(): (files: readonly SurveyedFile[]) => string {
  const digests = new Map<string, string>();
  const digestOf = (source: string): string => {
    const digest = digests.get(source) ?? digestFile(source);
    digests.set(source, digest);
    return digest;
  };
  return (files) => {
    const whole = createHash('sha256');
    for (const { path, source } of files) whole.update(`${path}\0${digestOf(source)}\0`);
    return whole.digest('hex');
  };
}

function digestFile(source: string): string {
  const { size, mtimeMs, ino } = statSync(source);
  if (size > READ_WHOLE) return [size, mtimeMs, ino].join(' ');
  try {
    return createHash('sha256').update(readFileSync(source)).digest('hex');
  } catch (error) {
    if (['EACCES', 'EPERM'].includes(errorCode(error))) return 'unreadable';
    throw error;
  }
}
