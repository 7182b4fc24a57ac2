import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Proofs } from '../../lab/proofs.ts';
import { UsageError } from '../../model/errors.ts';
import { inspectProofs } from './coverage.ts';
import type { ExaminerOptions } from './examiner.ts';
import { inspectLab } from './hygiene.ts';
import { listProofs } from './list-proofs.ts';
import type { Proof, ProofRun } from './proof.ts';
import { runProofs, type RunProofsOptions } from './run-proofs.ts';

export interface ProveLabOptions extends ExaminerOptions, RunProofsOptions {
  readonly proofs: Proofs;
  /** Grades the programs whose part or name holds this text; undefined for all. */
  readonly only: string | undefined;
  /** Told once how many gradings there will be. */
  readonly onBegin: (gradings: number) => void;
}

/** What is known of a lab when all its proofs have been graded. */
export interface LabProof {
  /** What is untidy, a sentence each. */
  readonly faults: readonly string[];
  /** Programs that this machine cannot grade. */
  readonly unavailable: readonly Proof[];
  readonly runs: readonly ProofRun[];
}

/**
 * Proves a lab: inspects it, and grades everything whose verdict is known beforehand.
 *
 * @throws UsageError where nothing has the name that is asked for
 */
export async function proveLab(options: ProveLabOptions): Promise<LabProof> {
  const { lab, proofs, only, seeds, onBegin } = options;
  const faults = [...inspectLab(lab), ...inspectProofs(lab, proofs)];
  const temporary = mkdtempSync(join(options.temporary, 'wiregrade-proofs-'));
  try {
    const chosen = listProofs(proofs, { ...options, temporary }).filter(
      ({ part, name }) => only === undefined || `${part} ${name}`.includes(only),
    );
    if (chosen.length === 0) {
      throw new UsageError(`no program of ${lab.id} has "${only ?? ''}" in its name.`);
    }
    const gradable = chosen.filter(({ unavailable }) => unavailable === undefined);
    onBegin(gradable.length * seeds.length);
    const runs = await runProofs(gradable, options);
    return { faults, unavailable: chosen.filter((each) => !gradable.includes(each)), runs };
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}
