import { unlessAborted } from '../../grade/unless-aborted.ts';
import type { FileChanges } from './watch-files.ts';

/** How long a program that is gone, or empty, may be in the middle of being saved, in milliseconds. */
export const HALF_SAVED_MS = 250;

/**
 * Waits for the next change.
 *
 * @returns the paths of the files that are known to have changed
 * @throws once the signal is aborted
 */
export async function untilChange(
  changes: FileChanges,
  signal: AbortSignal,
  withinMs?: number,
): Promise<readonly string[]> {
  signal.throwIfAborted();
  return unlessAborted(changes.next(withinMs), signal, 'it');
}
