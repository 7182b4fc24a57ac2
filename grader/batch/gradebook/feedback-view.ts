import { rankFailures } from '../../model/choose-failures.ts';
import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import type { LabResult } from '../../model/result.ts';
import { viewFailure, type FailureView } from '../../report/failure-view.ts';
import { collectAsides, viewStage, type Aside, type StageRow } from '../../report/result-view.ts';
import { showLine } from '../../report/show-text.ts';
import { wordTime } from '../../report/words.ts';
import { standingOf, type Standing } from './standing.ts';
import { tellStanding, type StandingView } from './standing-view.ts';

/** Whose work it is, and where they stand: what a page says besides the result. */
export interface FeedbackFrame extends StandingView {
  readonly heading: string;
  readonly student: string;
  readonly facts: readonly Fact[];
  /** What is neither right nor wrong. */
  readonly asides: readonly Aside[];
}

/** What one student reads, in words and in plain text: each page escapes it in its own way. */
export interface FeedbackView extends FeedbackFrame {
  readonly stages: readonly StageRow[];
  readonly failures: readonly FailureView[];
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

/** @param result undefined where there is none: the work was not graded, or its file is lost */
export function viewFeedback(
  title: BatchTitle,
  record: BatchRecord,
  result: LabResult | undefined,
): FeedbackView {
  const graded = 'grade' in standingOf(record) ? result : undefined;
  const stages = graded?.stages ?? [];
  const checks = stages.flatMap((stage) => stage.checks);
  const frame = viewFrame(title, record, graded);
  return {
    ...frame,
    stages: stages.map(viewStage),
    failures: rankFailures(checks).flatMap((check) => viewFailure(title.lab, check)),
    asides: [...frame.asides, ...collectAsides(stages)],
  };
}

/** @param graded the result, where there is one that counts */
export function viewFrame(
  title: BatchTitle,
  record: BatchRecord,
  graded: LabResult | undefined,
): FeedbackFrame {
  const { id, name } = record.student;
  const standing = standingOf(record);
  return {
    heading: showLine(`${title.lab}: ${title.title}`),
    student: [showLine(name), showLine(id)].filter((each) => each !== '').join(', '),
    ...tellStanding(title, record),
    facts: collectFacts(title, { ...record, ...standing }, graded),
    asides: tellLost(standing, graded),
  };
}

function collectFacts(
  { deadline, sandbox }: BatchTitle,
  { source, commit, gradedAt }: Pick<BatchRecord, 'source' | 'commit' | 'gradedAt'>,
  result: LabResult | undefined,
): readonly Fact[] {
  return [
    { label: 'From', value: showLine(source) },
    ...(commit === undefined ? [] : [{ label: 'Commit', value: showLine(commit) }]),
    ...(deadline === undefined ? [] : [{ label: 'Due', value: wordTime(deadline) }]),
    { label: 'Graded', value: wordTime(gradedAt) },
    ...(result
      ? [{ label: 'Grader', value: showLine(`${result.grader.version}, ${describeRun(result)}`) }]
      : []),
    ...(sandbox === 'none' ? [{ label: 'Sandbox', value: 'none' }] : []),
  ];
}

function describeRun({ seed, grader }: LabResult): string {
  return `Node ${grader.node}, seed ${String(seed)}`;
}

/** What the record still tells where the whole result is no longer there. */
function tellLost(standing: Standing, result: LabResult | undefined): readonly Aside[] {
  if (!('grade' in standing) || result) return [];
  const checks = standing.grade.stages.flatMap((stage) => stage.checks);
  const items = checks.flatMap(({ id, status, summary = '' }) =>
    status === 'failed' ? [{ id: showLine(id), text: showLine(summary, 1000) }] : [],
  );
  const lead = 'No more is known of this grading than what follows.';
  return items.length > 0 ? [{ heading: 'What failed', lead, items }] : [];
}
