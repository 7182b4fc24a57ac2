import { UsageError } from '../model/errors.ts';

const LARGEST_COUNT = 2 ** 31 - 1;

/**
 * Reads an option that is a whole number.
 *
 * @param option its name; `--seed` alone may be 0
 * @throws UsageError where it is something else
 */
export function readCount(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const least = option === '--seed' ? 0 : 1;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= least && count <= LARGEST_COUNT) return count;
  throw new UsageError(
    `${option} ${text} is not a whole number from ${String(least)} to ${String(LARGEST_COUNT)}; write for example ${option} 2.`,
  );
}
