import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { UsageError } from '../../model/errors.ts';
import type { Finding, Proof, ProofRun } from './proof.ts';

export interface RunProofsOptions {
  /** One grading of every proof for each. */
  readonly seeds: readonly number[];
  readonly atOnce: number;
  /** Told of each grading as it ends. */
  readonly onRun: (run: ProofRun) => void;
  readonly signal: AbortSignal;
}

/**
 * Grades the program of each proof, many at a time.
 *
 * @throws whatever a grading throws that no program is to blame for, once all others have ended
 */
export async function runProofs(
  proofs: readonly Proof[],
  { seeds, atOnce, onRun, signal }: RunProofsOptions,
): Promise<readonly ProofRun[]> {
  // Every grading under way listens for the end.
  setMaxListeners(0, signal);
  const limit = pLimit(atOnce);
  const runs = seeds.flatMap((seed) =>
    proofs.map((proof) =>
      limit(async () => {
        signal.throwIfAborted();
        const run = { proof, seed, found: await gradeOnce(proof, seed) };
        onRun(run);
        return run;
      }),
    ),
  );
  const ended = await Promise.allSettled(runs);
  const failure = ended.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
  return ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

/** A variant that cannot be made any more is a finding like any other. */
async function gradeOnce(proof: Proof, seed: number): Promise<readonly Finding[]> {
  try {
    return await proof.grade(seed);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ line: 'it cannot be graded', detail: error.message }];
  }
}
