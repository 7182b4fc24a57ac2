import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import { showLine } from '../../report/show-text.ts';
import { plural, wordBonus, wordNumber, wordTime } from '../../report/words.ts';
import { viewChecks, type CheckRow } from './checks-view.ts';
import { summarizeClass, type ClassSummary } from './class-summary.ts';
import { feedbackLink } from './feedback-file.ts';
import { viewHistogram, type HistogramView } from './histogram-view.ts';
import { viewRow, type StudentRow } from './student-row.ts';

/** Everything on the page, in words: the template loops and prints. Nothing is escaped yet. */
export interface GradebookView {
  readonly heading: string;
  readonly facts: readonly string[];
  /** What must not be overlooked. */
  readonly warnings: readonly string[];
  readonly tiles: readonly { readonly label: string; readonly value: string }[];
  readonly statuses: readonly string[];
  /** The headings of the stages' columns, in parts between which a line may end. */
  readonly stages: readonly { readonly parts: readonly string[]; readonly title: string }[];
  readonly rows: readonly StudentRow[];
  readonly count: string;
  readonly histogram: HistogramView;
  readonly checks: readonly CheckRow[];
  readonly diagnoses: readonly DiagnosisView[];
  readonly noDiagnoses: readonly string[];
}

interface DiagnosisView {
  readonly code: string;
  readonly count: string;
  readonly where: string;
  readonly students: readonly { readonly name: string; readonly link: string }[];
}

export function viewGradebook(title: BatchTitle, records: readonly BatchRecord[]): GradebookView {
  const summary = summarizeClass(title, records);
  const diagnoses = viewDiagnoses(summary, records);
  return {
    heading: showLine(`${title.lab}: ${title.title}`),
    facts: describeBatch(title, records),
    warnings: warnOf(title, summary),
    tiles: viewTiles(summary),
    statuses: summary.statuses.filter(({ students }) => students > 0).map(({ status }) => status),
    stages: title.stages.map((stage) => ({
      parts: stage.id.split(/(?<=[_-])/),
      title: showLine(stage.title),
    })),
    rows: records.map((record) => viewRow(title, record)),
    count: `All ${plural(records.length, 'student')}`,
    histogram: viewHistogram(summary),
    checks: viewChecks(summary.checks),
    diagnoses,
    noDiagnoses: diagnoses.length === 0 ? ['No check failed.'] : [],
  };
}

function describeBatch(title: BatchTitle, records: readonly BatchRecord[]): readonly string[] {
  const { possible, bonusPossible } = title.possible;
  const latest = records.map(({ gradedAt }) => gradedAt).reduce((a, b) => (a > b ? a : b), '');
  return [
    `${plural(possible, 'point')}${wordBonus(bonusPossible)}`,
    title.deadline === undefined ? 'no due date' : `due ${wordTime(title.deadline)}`,
    ...(latest === '' ? [] : [`last graded ${wordTime(latest)}`]),
  ];
}

function warnOf({ sandbox }: BatchTitle, { statuses }: ClassSummary): readonly string[] {
  const count = (wanted: string): number =>
    statuses.find(({ status }) => status === wanted)?.students ?? 0;
  const broken = count('broken');
  const before = count('graded before');
  return [
    ...(sandbox === 'none'
      ? ['Graded without a sandbox: a program could reach the grader, and other students’ work.']
      : []),
    ...(broken > 0
      ? [`No grade for ${plural(broken, 'student')}: the grading broke. Grade them again.`]
      : []),
    ...(before > 0
      ? [`An earlier grade stands for ${plural(before, 'student')}, since the grading broke.`]
      : []),
  ];
}

function viewTiles({ students, statuses, final, late }: ClassSummary): GradebookView['tiles'] {
  const number = (value: number | undefined): string =>
    value === undefined ? 'n/a' : wordNumber(Math.round(value * 10) / 10);
  return [
    { label: 'students', value: String(students) },
    ...statuses
      .filter((each) => each.students > 0)
      .map((each) => ({ label: each.status, value: String(each.students) })),
    { label: 'late', value: String(late) },
    { label: 'median', value: number(final?.median) },
    { label: 'mean', value: number(final?.mean) },
    {
      label: 'middle half',
      value: final ? `${number(final.lowerQuartile)} to ${number(final.upperQuartile)}` : 'n/a',
    },
    { label: 'lowest', value: number(final?.min) },
    { label: 'highest', value: number(final?.max) },
  ];
}

function viewDiagnoses(
  { diagnoses }: ClassSummary,
  records: readonly BatchRecord[],
): readonly DiagnosisView[] {
  const names = new Map(records.map(({ student }) => [student.id, student.name]));
  return diagnoses.map(({ code, students, checks }) => ({
    code,
    count: plural(students.length, 'student'),
    where: describeWhere(checks),
    students: students.map((id) => ({
      name: showLine(names.get(id) ?? '') || showLine(id),
      link: feedbackLink(id),
    })),
  }));
}

function describeWhere(checks: readonly { readonly id: string; readonly students: number }[]) {
  const shown = checks.slice(0, 3).map(({ id, students }) => `${id} (${String(students)})`);
  const more = checks.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${plural(more, 'other check')}` : ''}`;
}
