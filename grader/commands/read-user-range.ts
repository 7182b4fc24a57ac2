import { UsageError } from '../model/errors.ts';

/** No grading has more programs under way. */
const MOST_USERS = 100;

/**
 * Reads the numbers of users that programs may run as, such as `64200-64231`.
 *
 * @throws UsageError where these are no such numbers, or this is not root of a Linux system
 */
export function readUserRange(text: string): readonly number[] {
  const [, first = '', last = ''] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const from = Number(first);
  const count = Number(last) - from + 1;
  // System users, and those of people, have lower numbers.
  if (first === '' || from < 10_000 || count < 1 || count > MOST_USERS || from + count > 2 ** 31) {
    throw new UsageError(
      `--users ${text} are no users; write two numbers from 10000 on, such as 64200-64231.`,
    );
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new UsageError('--users needs Linux and root, who alone can run programs as others.');
  }
  return Array.from({ length: count }, (_, index) => from + index);
}
