import { loadLab } from '../../course/load-lab.ts';
import { loadProofs } from '../../course/load-proofs.ts';
import type { Fork } from './fork.ts';
import { listHistories } from './list-histories.ts';
import { listHostile } from './list-hostile.ts';
import { listRefused } from './list-refused.ts';
import { listWorks } from './list-works.ts';
import { LAB } from './works.ts';

/** The whole class: 60 forks, the order of which is that of the roster. */
export async function listClass(): Promise<readonly Fork[]> {
  const lab = await loadLab(LAB);
  const proofs = await loadProofs(LAB);
  if (!proofs) throw new Error(`this copy of the course has no proofs of ${LAB}`);
  return [...listWorks(lab, proofs), ...listHistories(lab), ...listRefused(), ...listHostile(lab)];
}

/** A few of each kind, which take little time. */
const FEW = new Set([
  ...['solved', 'untouched', 'half-right', 'mutant-1', 'mutant-2', 'equivalent-1', 'equivalent-2'],
  ...['a-day-late', 'extended', 'slipping', 'spoilt-later', 'tagged', 'elsewhere', 'beside'],
  ...['named', 'empty', 'after-the-cut-off', 'linked', 'dashed', 'prints-results', 'exits-at-once'],
]);

/** Those of the class that stand for all. */
export async function listSmallClass(): Promise<readonly Fork[]> {
  return (await listClass()).filter(({ id }) => FEW.has(id));
}
