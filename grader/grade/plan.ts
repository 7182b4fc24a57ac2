import type { Check, Lab, Stage } from '../lab/check.ts';
import { fullId } from '../model/check.ts';
import { UsageError } from '../model/errors.ts';

/** A stage and the checks of it that are to be asked, in order. */
export interface PlannedStage {
  readonly stage: Stage;
  readonly checks: readonly Check[];
}

/**
 * Chooses what to grade.
 *
 * @param stages ids; empty for all
 * @param only the id of one check, with or without its stage; what it comes after is asked as well
 * @throws UsageError where the lab has no such stage or check
 */
export function planGrading(
  lab: Lab,
  stages: readonly string[],
  only: string | undefined,
): readonly PlannedStage[] {
  const chosen = stages.length === 0 ? lab.stages : stages.map((id) => findStage(lab, id));
  const planned = [...new Set(chosen)].map((stage) => ({ stage, checks: stage.checks }));
  return only === undefined ? planned : keepOnly(planned, only);
}

/** @throws UsageError where the lab has no such stage */
export function findStage(lab: Lab, id: string): Stage {
  const found = lab.stages.find((stage) => stage.id === id);
  if (found) return found;
  const known = lab.stages.map((stage) => stage.id).join(', ');
  throw new UsageError(`${lab.id} has no stage "${id}"; it has ${known}.`);
}

/** Whether a check calls functions of a program, and so needs no server. */
export function usesFunctions({ needs }: Check): boolean {
  return needs?.includes('functions') ?? false;
}

/** Whether a check is about the port that a program listens on. */
export function isAboutListening({ needs }: Check): boolean {
  return needs?.includes('own-process') ?? false;
}

function keepOnly(planned: readonly PlannedStage[], only: string): readonly PlannedStage[] {
  const kept = planned.flatMap(({ stage, checks }) => {
    const wanted = checks.find((check) => check.id === only || fullId(stage, check) === only);
    if (!wanted) return [];
    const needed = withThoseBefore(wanted);
    return [{ stage, checks: checks.filter((check) => needed.has(check)) }];
  });
  if (kept.length > 0) return kept;
  const known = planned.flatMap(({ checks }) => checks.map(({ id }) => id));
  throw new UsageError(
    `no check here is called "${only}"; there are ${[...new Set(known)].join(', ')}.`,
  );
}

function withThoseBefore(check: Check): Set<Check> {
  const before = new Set<Check>();
  for (let each: Check | undefined = check; each; each = each.after) before.add(each);
  return before;
}
