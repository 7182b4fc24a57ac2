import { plural } from '../report/words.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import type { Verdict } from '../model/score.ts';
import type { Requirement } from './requirement.ts';

/** Whether a result is what was asked for, and why, in a sentence. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * Judges the result of one lab. What broke on our side is nobody's failure: it decides only where
 * what was asked for is not reached without it.
 */
export function judgeResult(result: LabResult, requirement: Requirement): Judgement {
  if (requirement.kind === 'points') return judgePoints(result, requirement.points);
  const named = requirement.kind === 'stages' ? requirement.stages : [];
  const asked = result.stages.filter(({ id }) => named.includes(id));
  // A stage that nobody has begun keeps no work on the ones before it from being right.
  const started = result.stages.filter(({ status }) => status === 'graded');
  return judgeStages(asked.length > 0 ? asked : started);
}

function judgePoints(result: LabResult, least: number): Judgement {
  const { earned, bonusEarned } = result.points;
  const has = earned + bonusEarned;
  const sum = `It has ${plural(has, 'point')}; ${String(least)} are needed.`;
  if (has >= least) return { verdict: 'passed', reason: sum };
  return tellBroken(result.stages) ?? { verdict: 'failed', reason: sum };
}

function judgeStages(stages: readonly StageResult[]): Judgement {
  const lacking = stages.filter((stage) => !isComplete(stage));
  if (lacking.length > 0) {
    const named = lacking.map(({ id, status }) =>
      status === 'graded' ? id : `${id} (${status === 'missing' ? 'no program' : 'not started'})`,
    );
    const reason = `Not complete yet: ${named.join(', ')}.`;
    return tellBroken(lacking) ?? { verdict: 'failed', reason };
  }
  const names = stages.map(({ id }) => id).join(', ');
  const reason = names === '' ? 'No stage is started yet.' : `Complete: ${names}.`;
  return { verdict: 'passed', reason };
}

/** Whether a stage is there and passed all that is required of it and could be judged. */
function isComplete({ status, checks }: StageResult): boolean {
  const required = checks.filter(({ bonus, outcome }) => !bonus && outcome.status !== 'not-judged');
  return status === 'graded' && required.every(({ outcome }) => outcome.status === 'passed');
}

function tellBroken(stages: readonly StageResult[]): Judgement | undefined {
  const broken = stages
    .flatMap(({ checks }) => checks)
    .find(({ outcome }) => outcome.status === 'broken');
  if (!broken) return undefined;
  const reason = `The grader broke at ${broken.id}, which is not your bug; have it run again.`;
  return { verdict: 'broken', reason };
}
