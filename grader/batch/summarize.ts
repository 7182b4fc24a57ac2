import type { Grade, GradedCheck, Lateness } from '../model/gradebook.ts';
import type { CheckResult, StageResult } from '../model/result.ts';
import { sumPoints } from '../model/score.ts';

/** What late work costs, and why. */
export interface Penalty {
  readonly penalty: number;
  readonly lateness?: Lateness;
}

/** What a gradebook keeps of the stages of a result. */
export function summarize(stages: readonly StageResult[], { penalty, lateness }: Penalty): Grade {
  const points = sumPoints(stages.map((stage) => stage.points));
  return {
    points,
    penalty,
    final: finalOf({ points, penalty }),
    ...(lateness && { lateness }),
    stages: stages.map(({ id, status, points: own, checks }) => ({
      id,
      status,
      points: own,
      checks: checks.map(summarizeCheck),
    })),
  };
}

/** The number that counts. */
export function finalOf({ points, penalty }: Pick<Grade, 'points' | 'penalty'>): number {
  return Math.max(0, points.earned + points.bonusEarned - penalty);
}

function summarizeCheck({ id, earned, outcome }: CheckResult): GradedCheck {
  if (outcome.status !== 'failed') return { id, status: outcome.status, earned };
  const { code, summary } = outcome.diagnosis;
  return { id, status: 'failed', earned, code, summary };
}
