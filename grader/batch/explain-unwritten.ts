import { UsageError } from '../model/errors.ts';
import { whyUnwritable } from '../model/unwritable.ts';

/** What to throw where a file of a batch could not be written: one sentence, if the disk is to blame. */
export function explainUnwritten(path: string, error: unknown): unknown {
  const reason = whyUnwritable(error);
  if (reason === undefined) return error;
  return new UsageError(
    `cannot write ${path}: ${reason}; mend that, and start the same command again: it goes on from there.`,
    { cause: error },
  );
}
