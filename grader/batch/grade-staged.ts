import { composeResult } from '../grade/compose-result.ts';
import type { Gate } from '../grade/gate.ts';
import type { Lab } from '../lab/check.ts';
import type { LabResult, Sandbox, StageResult } from '../model/result.ts';
import type { Answer } from './job.ts';
import type { RosterEntry } from './roster/roster-entry.ts';
import type { Slot } from './slot.ts';

/** Work that lies where a worker sees it. */
export interface StagedFolder {
  readonly entry: RosterEntry;
  readonly folder: string;
  readonly commit: string | undefined;
}

export interface GradeStagedOptions {
  readonly lab: Lab;
  readonly sandbox: Sandbox;
  /** One for all slots. */
  readonly gate: Gate;
  /** How many slots there are. */
  readonly slots: number;
  readonly seed: () => number;
  readonly now: () => Date;
}

/** How long the grading of one submission may take: hundreds of times what it takes. */
const GRADING_MS = 10 * 60 * 1000;

/**
 * Has staged work graded in a slot. Stages that failed because time ran out are graded once more
 * while no other slot is at work, and that counts.
 */
export async function gradeStaged(
  { entry, folder, commit }: StagedFolder,
  slot: Slot,
  { lab, sandbox, gate, slots, seed: pickSeed, now }: GradeStagedOptions,
): Promise<LabResult | { readonly status: 'refused' | 'broken'; readonly reason: string }> {
  const seed = pickSeed();
  const startedAt = now();
  const beganAt = performance.now();
  const ask = (stages: readonly string[]): Promise<Answer> =>
    slot.grade({ lab: lab.id, folder, stages, seed }, GRADING_MS);
  const stages = await gate.share(async ({ alone }) => {
    const first = await ask([]);
    // With one slot nothing else was at work, and the worker itself has asked once more.
    if (first.status !== 'graded' || slots === 1) return first;
    const doubtful = findDoubtful(first.stages);
    if (doubtful.length === 0) return first;
    const second = await alone(() => ask(doubtful));
    return second.status === 'graded' ? replaceStages(first, second) : second;
  });
  if (stages.status !== 'graded') return stages;
  const fault = findFault(stages);
  if (fault !== undefined) return { status: 'broken', reason: fault };
  return composeResult(stages.stages, {
    lab,
    seed,
    startedAt,
    durationMs: performance.now() - beganAt,
    sandbox,
    submission: { id: entry.student.id, path: entry.repo, ...(commit !== undefined && { commit }) },
  });
}

type Graded = Extract<Answer, { status: 'graded' }>;

/** The stages with a failure that a busy machine may have had a hand in. */
function findDoubtful(stages: readonly StageResult[]): readonly string[] {
  return stages
    .filter(({ checks }) =>
      checks.some(
        ({ outcome, askedAgain }) =>
          askedAgain && askedAgain.unhindered !== true && outcome.status === 'failed',
      ),
    )
    .map(({ id }) => id);
}

function replaceStages(first: Graded, second: Graded): Graded {
  const anew = new Map(second.stages.map((stage) => [stage.id, stage]));
  return { status: 'graded', stages: first.stages.map((stage) => anew.get(stage.id) ?? stage) };
}

/** What broke, on our side, in a check; no grade comes of that. */
function findFault({ stages }: Graded): string | undefined {
  for (const { id, outcome } of stages.flatMap(({ checks }) => checks)) {
    if (outcome.status === 'broken') return `${id}: ${outcome.error}`;
  }
  return undefined;
}
