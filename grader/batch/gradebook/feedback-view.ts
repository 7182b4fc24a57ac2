import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import type { CheckResult, LabResult, StageResult } from '../../model/result.ts';
import { viewFailure, type FailureView } from './failure-view.ts';
import { tellStanding, type StandingView } from './standing-view.ts';
import { showLine, showLines } from '../../report/show-text.ts';
import { plural, wordNumber, wordTime } from './words.ts';

/** What one student reads, in words and in plain text: each page escapes it in its own way. */
export interface FeedbackView extends StandingView {
  readonly heading: string;
  readonly student: string;
  readonly facts: readonly Fact[];
  readonly stages: readonly StageRow[];
  readonly failures: readonly FailureView[];
  /** What is neither right nor wrong: what broke, was not asked, or is only remarked. */
  readonly asides: readonly Aside[];
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

interface StageRow {
  readonly id: string;
  readonly title: string;
  readonly points: string;
  readonly state: string;
}

interface Aside {
  readonly heading: string;
  readonly lead: string;
  readonly items: readonly { readonly id: string; readonly text: string }[];
}

/** @param result undefined where there is none: the work was not graded, or its file is lost */
export function viewFeedback(
  title: BatchTitle,
  record: BatchRecord,
  result: LabResult | undefined,
): FeedbackView {
  const { id, name } = record.student;
  const graded = record.outcome.status === 'graded' ? result : undefined;
  const stages = graded?.stages ?? [];
  const checks = stages.flatMap((stage) => stage.checks);
  return {
    heading: showLine(`${title.lab}: ${title.title}`),
    student: [showLine(name), showLine(id)].filter((each) => each !== '').join(', '),
    ...tellStanding(title, record),
    facts: collectFacts(title, record, graded),
    stages: stages.map(viewStage),
    failures: sortFailures(checks).flatMap((check) => viewFailure(title.lab, check)),
    asides: [...tellLost(record, graded), ...collectAsides(stages, checks)],
  };
}

function collectFacts(
  { deadline, sandbox }: BatchTitle,
  { source, commit, gradedAt }: BatchRecord,
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

function viewStage({ id, title, status, points, checks }: StageResult): StageRow {
  const bonus = points.bonusEarned > 0 ? ` and ${wordNumber(points.bonusEarned)} bonus` : '';
  const judged = checks.filter(({ outcome }) => !['not-judged', 'broken'].includes(outcome.status));
  const passed = judged.filter(({ outcome }) => outcome.status === 'passed').length;
  const states = {
    graded: `${String(passed)} of ${plural(judged.length, 'check')} passed`,
    'not-started': 'not started',
    missing: 'no program found',
  };
  return {
    id: showLine(id),
    title: showLine(title),
    points: `${wordNumber(points.earned)}/${wordNumber(points.possible)}${bonus}`,
    state: states[status],
  };
}

/** What the record still tells where the whole result is no longer there. */
function tellLost({ outcome }: BatchRecord, result: LabResult | undefined): readonly Aside[] {
  if (outcome.status !== 'graded' || result) return [];
  const checks = outcome.grade.stages.flatMap((stage) => stage.checks);
  const items = checks.flatMap(({ id, status, summary = '' }) =>
    status === 'failed' ? [{ id: showLine(id), text: showLine(summary, 1000) }] : [],
  );
  const lead = 'No more is known of this grading than what follows.';
  return items.length > 0 ? [{ heading: 'What failed', lead, items }] : [];
}

/** Those that cost points first. */
function sortFailures(checks: readonly CheckResult[]): readonly CheckResult[] {
  const failed = checks.filter(({ outcome }) => outcome.status === 'failed');
  return [...failed].sort((a, b) => Number(a.bonus) - Number(b.bonus));
}

function collectAsides(
  stages: readonly StageResult[],
  checks: readonly CheckResult[],
): readonly Aside[] {
  const begun = stages.flatMap((stage) => (stage.status === 'graded' ? stage.checks : []));
  const asides = [
    {
      heading: 'The grader broke here',
      lead: 'This is not your bug, and it costs you nothing.',
      items: checks.flatMap(({ id, outcome }) =>
        outcome.status === 'broken' ? [{ id, text: showLines(outcome.error, 1).join(' ') }] : [],
      ),
    },
    {
      heading: 'Skipped',
      lead: 'These checks build on something that did not pass.',
      items: begun.flatMap(({ id, outcome }) =>
        outcome.status === 'skipped' ? [{ id, text: showLine(outcome.because) }] : [],
      ),
    },
    {
      heading: 'Not judged',
      lead: 'These points are not counted.',
      items: checks.flatMap(({ id, outcome }) =>
        outcome.status === 'not-judged' ? [{ id, text: showLine(outcome.because) }] : [],
      ),
    },
    { heading: 'Remarks', lead: 'They cost no points.', items: collectRemarks(stages) },
  ];
  return asides.filter(({ items }) => items.length > 0);
}

function collectRemarks(stages: readonly StageResult[]): Aside['items'] {
  return stages.flatMap(({ id, remarks, checks }) => [
    ...remarks.map((remark) => ({ id, text: showLine(remark, 1000) })),
    ...checks.flatMap((check) =>
      check.outcome.status === 'passed'
        ? (check.outcome.remarks ?? []).map((remark) => ({
            id: check.id,
            text: showLine(remark, 1000),
          }))
        : [],
    ),
  ]);
}
