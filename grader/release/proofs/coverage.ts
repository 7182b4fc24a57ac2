import type { Lab } from '../../lab/check.ts';
import type { Mutant, Proofs, Variant } from '../../lab/proofs.ts';
import { fullId } from '../../model/check.ts';
import { DIAGNOSIS_CODES, LIMIT_CODES } from '../../model/diagnosis.ts';

/** What the proofs of a lab do not prove, a sentence each. */
export function inspectProofs(lab: Lab, proofs: Proofs): readonly string[] {
  const { mutants, equivalents, mutantsPerCheck = 1 } = proofs;
  const kills = countKills(mutants);
  const checks = lab.stages.flatMap((stage) => stage.checks.map((check) => fullId(stage, check)));
  const weak = checks.filter((id) => (kills.get(id) ?? 0) < mutantsPerCheck);
  const unknown = [...kills.keys()].filter((id) => !checks.includes(id));
  return [
    ...weak.map(
      (id) =>
        `${id} is failed by ${String(kills.get(id) ?? 0)} mutants; ${String(mutantsPerCheck)} must fail it`,
    ),
    ...unknown.map((id) => `a mutant fails ${id}, which the lab does not have`),
    ...[...mutants, ...equivalents]
      .filter(({ stage }) => !lab.stages.some(({ id }) => id === stage))
      .map(({ name, stage }) => `"${name}" is of ${stage}, which is no stage`),
    ...findSameNames(mutants),
    ...findSameNames(equivalents),
  ];
}

/** The diagnoses that no mutant of any lab brings about. */
export function findUnprovenCodes(course: readonly Proofs[]): readonly string[] {
  const proven = new Set(
    course.flatMap(({ mutants }) =>
      mutants.flatMap(({ code, codes = {} }) => [code, ...Object.values(codes)]),
    ),
  );
  // Mutants run without a cell, where no limit is passed; what passes one is in testing/attacks.
  const provable = DIAGNOSIS_CODES.filter((code) => !LIMIT_CODES.some((limit) => limit === code));
  return provable
    .filter((code) => !proven.has(code))
    .map((code) => `no mutant of this course is diagnosed as ${code}`);
}

function countKills(mutants: readonly Mutant[]): ReadonlyMap<string, number> {
  const kills = new Map<string, number>();
  for (const { stage, fails } of mutants) {
    for (const id of fails) kills.set(`${stage}/${id}`, (kills.get(`${stage}/${id}`) ?? 0) + 1);
  }
  return kills;
}

function findSameNames(variants: readonly Variant[]): readonly string[] {
  const names = variants.map(({ stage, name }) => `${stage} ${name}`);
  const repeated = new Set(names.filter((name, place) => names.indexOf(name) < place));
  return [...repeated].map((name) => `two programs are called "${name}"`);
}
