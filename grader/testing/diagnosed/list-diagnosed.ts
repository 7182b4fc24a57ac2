import { loadProofs } from '../../course/load-proofs.ts';
import type { Mutant } from '../../lab/proofs.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';

/** A wrong program of week02, and the check that fails it with a diagnosis. */
export interface Diagnosed {
  readonly code: DiagnosisCode;
  readonly mutant: Mutant;
  /** Without its stage. */
  readonly check: string;
}

/** Where the first one does not always go wrong in the same way, as one that races with a client. */
const CHOSEN: ReadonlyMap<DiagnosisCode, string> = new Map([['crashed', 'does not find the page']]);

/** For each diagnosis that mutants of week02 bring about, one of them. */
export async function listDiagnosed(): Promise<readonly Diagnosed[]> {
  const proofs = await loadProofs('week02');
  const found = new Map<DiagnosisCode, Diagnosed>();
  for (const mutant of proofs?.mutants ?? []) {
    for (const check of mutant.fails) {
      const code = mutant.codes?.[check] ?? mutant.code;
      const isMeant = (CHOSEN.get(code) ?? mutant.name) === mutant.name;
      if (isMeant && !found.has(code)) found.set(code, { code, mutant, check });
    }
  }
  // Those that wait for ten seconds come first, so that the others fill the time.
  return [...found.values()].sort((a, b) => patienceFor(b) - patienceFor(a));
}

function patienceFor({ code }: Diagnosed): number {
  return code === 'never-listened' ? 1 : 0;
}
