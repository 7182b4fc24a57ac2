import type { CheckResult, Outcome, StageResult } from '../../model/result.ts';
import { remarksOf, viewStage, type StageRow } from '../result-view.ts';
import { showLine } from '../show-text.ts';
import { stateOf, type StageState } from '../stage-state.ts';
import { wordNumber } from '../words.ts';

/** A stage with all its checks. */
export interface StageView extends StageRow {
  readonly word: StageState;
  readonly checks: readonly CheckRow[];
}

interface CheckRow {
  readonly id: string;
  readonly title: string;
  readonly points: string;
  /** Where on the page its failure is told; at most one. */
  readonly links: readonly string[];
  /** The outcome, where it leads nowhere; at most one. */
  readonly words: readonly string[];
}

/** @param anchors where on the page each failure is told, by the id of its check */
export function viewStages(
  stages: readonly StageResult[],
  anchors: ReadonlyMap<string, string>,
): readonly StageView[] {
  return stages.map((stage) => ({
    ...viewStage(stage),
    word: stateOf(stage),
    checks: stage.checks.map((check) => viewCheck(check, stage, anchors.get(check.id))),
  }));
}

function viewCheck(check: CheckResult, stage: StageResult, anchor: string | undefined): CheckRow {
  const { id, title, points, bonus, earned, outcome } = check;
  const counted = outcome.status !== 'not-judged' && outcome.status !== 'broken';
  const worth = `${counted ? wordNumber(earned) : '–'}/${wordNumber(points)}`;
  return {
    id: showLine(id),
    title: showLine(title),
    points: `${worth}${bonus ? ' bonus' : ''}`,
    links: anchor === undefined ? [] : [anchor],
    words: anchor === undefined ? [nameOutcome(check, stage)] : [],
  };
}

function nameOutcome(check: CheckResult, { status }: StageResult): string {
  if (status !== 'graded') return 'not asked';
  const remark = remarksOf(check).length > 0 ? ', with a remark' : '';
  return `${OUTCOMES[check.outcome.status]}${remark}`;
}

const OUTCOMES: Readonly<Record<Outcome['status'], string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  'not-judged': 'not judged',
  broken: 'the grader broke',
};
