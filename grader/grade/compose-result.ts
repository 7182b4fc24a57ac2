import { readVersion } from '../course/version.ts';
import type { Lab } from '../lab/check.ts';
import type { LabResult, StageResult } from '../model/result.ts';
import { sumPoints } from '../model/score.ts';

/** What is known of a grading besides the outcomes of its checks. */
export interface GradingFacts {
  readonly lab: Pick<Lab, 'id' | 'title'>;
  readonly seed: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly sandbox: LabResult['grader']['sandbox'];
  readonly submission: LabResult['submission'];
}

/** Makes the one record of a grading. */
export function composeResult(stages: readonly StageResult[], facts: GradingFacts): LabResult {
  const { lab, seed, startedAt, durationMs, sandbox, submission } = facts;
  return {
    schema: 'wiregrade/result/1',
    lab: lab.id,
    title: lab.title,
    seed,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    grader: {
      version: readVersion(),
      node: process.version,
      platform: process.platform,
      sandbox,
    },
    submission,
    points: sumPoints(stages.map(({ points }) => points)),
    stages,
  };
}
