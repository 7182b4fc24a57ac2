import { errorCode } from './errors.ts';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your quota is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'it may not be written'],
  ['EPERM', 'it may not be written'],
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'it is no folder'],
]);

/** Why something cannot be written, in a few words; undefined where the error says nothing of that. */
export function whyUnwritable(error: unknown): string | undefined {
  return REASONS.get(errorCode(error));
}
