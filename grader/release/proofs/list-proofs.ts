import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { solutionsFolder } from '../../course/project.ts';
import type { Stage } from '../../lab/check.ts';
import type { Equivalent, Mutant, Proofs } from '../../lab/proofs.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';
import { examine, type Examinee, type ExaminerOptions } from './examiner.ts';
import { expectFindings } from './expected.ts';
import { makeVariant } from './make-variant.ts';
import { listRealServers } from './real-servers.ts';
import { listStarters } from './starters.ts';
import type { Part, Proof } from './proof.ts';

/** All programs that a lab is proven by, those first that take their time. */
export function listProofs(proofs: Proofs, options: ExaminerOptions): readonly Proof[] {
  const { lab } = options;
  const stageOf = new Map(lab.stages.map((stage) => [stage.id, stage]));
  const prove = (part: Part, name: string, examinee: Examinee): Proof => ({
    part,
    name,
    expected: [],
    grade: (seed) => examine(examinee, seed, options),
  });
  const ofVariant = (variant: Mutant | Equivalent): Examinee => ({
    make: (folder) => makeVariant(lab.id, variant, folder),
    stages: [variant.stage],
  });
  const mutants = [...proofs.mutants].sort(byPatience).map((mutant) => ({
    ...prove('mutants', `${mutant.stage} ${mutant.name}`, ofVariant(mutant)),
    expected: expectOf(mutant, stageOf.get(mutant.stage)),
  }));
  const equivalents = proofs.equivalents.map((equivalent) => {
    const proof = prove(
      'equivalents',
      `${equivalent.stage} ${equivalent.name}`,
      ofVariant(equivalent),
    );
    return { ...proof, grade: forgoing(equivalent, proof.grade) };
  });
  const solutions = prove('solutions', `the worked solutions of ${lab.id}`, {
    make: (folder) => copySolutions(lab.id, folder),
    stages: [],
  });
  return [
    ...mutants,
    solutions,
    ...listStarters(options),
    ...equivalents,
    ...listRealServers(proofs.realServers ?? [], options),
  ];
}

function copySolutions(lab: string, folder: string): void {
  const proofs = join(solutionsFolder(lab), 'proofs');
  cpSync(solutionsFolder(lab), folder, { recursive: true, filter: (path) => path !== proofs });
}

/** A mutant that lets the grader wait holds up the end where it begins late. */
function byPatience(a: Mutant, b: Mutant): number {
  return patienceFor(b) - patienceFor(a);
}

function patienceFor({ code, fails }: Mutant): number {
  return (PATIENCE.get(code) ?? 0) * fails.length;
}

const PATIENCE: ReadonlyMap<DiagnosisCode, number> = new Map([
  ['never-listened', 20],
  ['silent', 6],
  ['never-ends', 6],
]);

function expectOf({ fails, code, codes }: Mutant, stage: Stage | undefined): readonly string[] {
  // A mutant of no stage is told by the hygiene.
  if (!stage) return [];
  return expectFindings(stage, new Map(fails.map((id) => [id, codes?.[id] ?? code])));
}

/** What an equivalent does not try for is left out of what is found. */
function forgoing({ stage, forgoes = [] }: Equivalent, grade: Proof['grade']): Proof['grade'] {
  const isForgone = (line: string): boolean =>
    forgoes.some((id) => line.startsWith(`${stage}/${id}: `));
  return async (seed) => (await grade(seed)).filter(({ line }) => !isForgone(line));
}
