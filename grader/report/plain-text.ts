import type { CheckResult, LabResult, StageResult } from '../model/result.ts';
import { isJudged } from '../model/score.ts';
import { blocksOf, viewFailure, type FailureView } from './failure-view.ts';
import { remarksOf, viewStage } from './result-view.ts';
import { showLine, showLines } from './show-text.ts';
import { plural, wordNumber } from './words.ts';

/** What is said of a check that the grader could not judge by a fault of its own. */
const NOT_YOUR_BUG = 'The grader broke here. This is not your bug, and it costs you nothing.';

/** The short name of a check and what it asks, in one line. */
export function nameCheck({ id, title, bonus }: CheckResult): string {
  return `${showLine(id)}: ${showLine(title)}${bonus ? ' (bonus)' : ''}`;
}

/**
 * Tells how a check ended, in lines of plain text that hold no control characters. Nothing is told
 * of one that passed without remarks.
 */
export function tellCheck(lab: string, check: CheckResult): readonly string[] {
  const { outcome } = check;
  switch (outcome.status) {
    case 'passed':
      return remarksOf(check).map((remark) => `Remark: ${showLine(remark, 1000)}`);
    case 'failed':
      return viewFailure(lab, check).flatMap(tellFailure);
    case 'skipped':
      return [`Not asked: ${showLine(outcome.because, 1000)}.`];
    case 'not-judged':
      return [`Not judged: ${showLine(outcome.because, 1000)}. Its points are not counted.`];
    case 'broken':
      return [NOT_YOUR_BUG, '', ...showLines(outcome.error, 20)];
  }
}

/** The same in one sentence or two, for a place that has room for no more. */
export function summarizeCheck(lab: string, check: CheckResult): string {
  return tellCheck(lab, check)[0] ?? '';
}

/** Tells what it comes to in all, with what is not counted. */
export function sumUp({ points, stages }: LabResult): readonly string[] {
  const checks = stages.flatMap((stage) => stage.checks);
  const judged = checks.filter(({ outcome }) => isJudged(outcome));
  const passed = checks.filter(({ outcome }) => outcome.status === 'passed').length;
  const broken = checks.filter(({ outcome }) => outcome.status === 'broken').length;
  const unjudged = checks.length - judged.length - broken;
  return [
    `${wordNumber(points.earned)} of ${plural(points.possible, 'point')} and ${wordNumber(points.bonusEarned)} bonus; ${String(passed)} of ${plural(judged.length, 'check')} passed.`,
    ...(broken > 0
      ? [
          `The grader broke in ${plural(broken, 'check')}. This is not your bug: their points are not counted, neither for nor against you.`,
        ]
      : []),
    ...(unjudged > 0
      ? [`Not judged, and not counted: ${plural(unjudged, 'check')} that cannot be asked this way.`]
      : []),
  ];
}

function tellFailure(failure: FailureView): readonly string[] {
  const { summary, notes, why, hint, next } = failure;
  const blocks = blocksOf(failure);
  return [
    summary,
    ...blocks.flatMap(({ label, lines }) => ['', `${label}:`, '', ...lines.map(indent)]),
    '',
    ...notes,
    ...why.map(({ text }) => `Why: ${text}`),
    ...hint.map((text) => `Hint: ${text}`),
    `Next: ${next}`,
  ];
}

/** A whole result in plain text: what did not pass, and what it comes to. */
export function renderPlain(result: LabResult): string {
  const title = `${showLine(result.lab)}: ${showLine(result.title)}`;
  const told = result.stages.flatMap((stage) => tellStage(result.lab, stage));
  return [title, '', ...told, ...sumUp(result), ''].join('\n');
}

function tellStage(lab: string, stage: StageResult): readonly string[] {
  const { status, checks } = stage;
  if (status !== 'graded') return [`${showLine(stage.id)}: ${viewStage(stage).state}`, ''];
  return checks.flatMap((check) => {
    const lines = tellCheck(lab, check);
    return lines.length === 0 ? [] : [nameCheck(check), '', ...lines.map(indent), ''];
  });
}

function indent(line: string): string {
  return `  ${line}`.trimEnd();
}
