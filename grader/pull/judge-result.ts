import type { CheckResult, LabResult, StageResult } from '../model/result.ts';
import { isJudged, type Verdict } from '../model/score.ts';
import { UNGRADED } from '../report/stage-state.ts';
import { plural } from '../report/words.ts';
import type { Requirement } from './requirement.ts';

/** Whether a result is what was asked for, and why, in a sentence. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * Judges the result of one lab. What broke on our side is nobody's failure: it decides only where
 * what was asked for may be reached by grading once more.
 */
export function judgeResult(result: LabResult, requirement: Requirement): Judgement {
  if (requirement.kind === 'points') return judgePoints(result, requirement.points);
  const named = requirement.kind === 'stages' ? requirement.stages : [];
  const asked = result.stages.filter(({ id }) => named.includes(id));
  // A stage that nobody has begun keeps no work on the ones before it from being right.
  const started = result.stages.filter(({ status }) => status === 'graded');
  return judgeStages(asked.length > 0 ? asked : started);
}

function judgePoints({ points, stages }: LabResult, least: number): Judgement {
  const has = points.earned + points.bonusEarned;
  const sum = `It has ${plural(has, 'point')}; ${String(least)} are needed.`;
  if (has >= least) return { verdict: 'passed', reason: sum };
  const checks = stages.flatMap((stage) => stage.checks);
  const open = checks.filter(({ outcome }) => !isJudged(outcome));
  const atMost = open.reduce((total, check) => total + check.points, has);
  const broken = atMost < least ? undefined : tellBroken(checks);
  return broken ?? { verdict: 'failed', reason: sum };
}

function judgeStages(stages: readonly StageResult[]): Judgement {
  const failing = stages.filter(isFailing);
  if (failing.length > 0) {
    const named = failing.map(({ id, status }) =>
      status === 'graded' ? id : `${id} (${UNGRADED[status]})`,
    );
    return { verdict: 'failed', reason: `Not complete yet: ${named.join(', ')}.` };
  }
  const broken = tellBroken(stages.flatMap(listRequired));
  if (broken) return broken;
  const names = stages.map(({ id }) => id).join(', ');
  const reason = names === '' ? 'No stage is started yet.' : `Complete: ${names}.`;
  return { verdict: 'passed', reason };
}

/**
 * Whether a stage lacks what no other grading will find: its program, or a required check that did not
 * pass. One behind a check that broke was not judged.
 */
function isFailing(stage: StageResult): boolean {
  return (
    stage.status !== 'graded' ||
    listRequired(stage).some(({ outcome }) => ['failed', 'skipped'].includes(outcome.status))
  );
}

function listRequired({ checks }: StageResult): readonly CheckResult[] {
  return checks.filter(({ bonus }) => !bonus);
}

function tellBroken(checks: readonly CheckResult[]): Judgement | undefined {
  const broken = checks.find(({ outcome }) => outcome.status === 'broken');
  if (!broken) return undefined;
  const reason = `The grader broke at ${broken.id}, which is not your bug; have it run again.`;
  return { verdict: 'broken', reason };
}
