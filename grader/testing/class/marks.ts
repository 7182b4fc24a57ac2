import type { Lab, Stage } from '../../lab/check.ts';
import type { Equivalent, Mutant } from '../../lab/proofs.ts';
import { fullId } from '../../model/check.ts';
import { expectFindings } from '../../release/proofs/expected.ts';
import type { Expected } from './fork.ts';

type Graded = Extract<Expected, { status: 'graded' }>;

/** Full marks in these stages, the bonus too. */
export function fullMarks(lab: Lab, ...stages: readonly string[]): Graded {
  return join(stages.map((id) => marksOf(stageOf(lab, id), [])));
}

/** What a mutant must get: each check fails that it is there for, and what builds on that. */
export function marksOfMutant(lab: Lab, { stage: id, fails, code, codes }: Mutant): Graded {
  const stage = stageOf(lab, id);
  const failing = new Map(fails.map((check) => [check, codes?.[check] ?? code]));
  const lost = expectFindings(stage, failing).map((line) => line.replace(/: .*/, ''));
  return join([marksOf(stage, lost)]);
}

/** What an equivalent must get: all but the bonus checks that it does not try for. */
export function marksOfEquivalent(lab: Lab, { stage: id, forgoes = [] }: Equivalent): Graded {
  const stage = stageOf(lab, id);
  return join([
    marksOf(
      stage,
      forgoes.map((check) => `${id}/${check}`),
    ),
  ]);
}

/** The sum of several, each of stages of its own. */
export function join(parts: readonly Graded[]): Graded {
  return {
    status: 'graded',
    stages: Object.fromEntries(parts.flatMap(({ stages }) => Object.entries(stages))),
    bonus: parts.reduce((sum, { bonus }) => sum + bonus, 0),
  };
}

function stageOf({ stages }: Lab, id: string): Stage {
  const stage = stages.find((each) => each.id === id);
  if (!stage) throw new Error(`there is no stage ${id}`);
  return stage;
}

function marksOf(stage: Stage, lost: readonly string[]): Graded {
  const earned = (bonus: boolean): number =>
    stage.checks
      .filter((check) => (check.bonus ?? false) === bonus && !lost.includes(fullId(stage, check)))
      .reduce((sum, { points }) => sum + points, 0);
  return { status: 'graded', stages: { [stage.id]: earned(false) }, bonus: earned(true) };
}
