import type { DiagnosisCode } from '../../model/diagnosis.ts';
import type { BatchRecord, BatchTitle, Grade, GradedCheck } from '../../model/gradebook.ts';
import { standingOf, STANDINGS, type Standing } from './standing.ts';
import { histogramOf, pointBiserial, spreadOf, type Bin, type Spread } from './statistics.ts';

/** What is to be said of the class as a whole. */
export interface ClassSummary {
  readonly students: number;
  readonly statuses: readonly { readonly status: Standing['status']; readonly students: number }[];
  /** How many of the graded were late. */
  readonly late: number;
  /** Final grades of work that was graded, now or before; undefined where there is none. */
  readonly final: Spread | undefined;
  /** The same with a 0 for everyone who handed in nothing, or nothing that may be graded. */
  readonly finalOfAll: Spread | undefined;
  /** Of the grades that `final` is about. */
  readonly histogram: readonly Bin[];
  readonly checks: readonly CheckSummary[];
  /** The commonest first. */
  readonly diagnoses: readonly DiagnosisSummary[];
}

export interface CheckSummary {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly bonus: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What could not be judged, or broke, counts in no rate. */
  readonly unjudged: number;
  /** Shares of those that passed, failed or were skipped; 0 where there are none. */
  readonly passRate: number;
  readonly failRate: number;
  readonly skipRate: number;
  /**
   * How well passing it goes with the points of all other checks (point-biserial; one that was
   * skipped was not passed); undefined where that cannot be told.
   */
  readonly discrimination: number | undefined;
}

interface DiagnosisSummary {
  readonly code: DiagnosisCode;
  /** Ids, in the order of the roster. */
  readonly students: readonly string[];
  /** Where it was seen, the commonest first. */
  readonly checks: readonly { readonly id: string; readonly students: number }[];
}

export function summarizeClass(title: BatchTitle, records: readonly BatchRecord[]): ClassSummary {
  const standings = records.map(standingOf);
  const grades = standings.flatMap((each) => ('grade' in each ? [each.grade] : []));
  const answers = collectAnswers(grades);
  const finals = grades.map((grade) => grade.final);
  return {
    students: records.length,
    statuses: STANDINGS.map((status) => ({
      status,
      students: standings.filter((each) => each.status === status).length,
    })),
    late: grades.filter(({ lateness }) => (lateness?.lateSeconds ?? 0) > 0).length,
    final: spreadOf(finals),
    finalOfAll: spreadOf(standings.flatMap((each) => ('final' in each ? [each.final] : []))),
    histogram: histogramOf(finals, title.possible.possible),
    checks: title.stages
      .flatMap((stage) => stage.checks)
      .map((check) => summarizeCheck(check, answers.get(check.id) ?? [])),
    diagnoses: summarizeDiagnoses(records),
  };
}

type Check = BatchTitle['stages'][number]['checks'][number];

interface Answer {
  readonly status: GradedCheck['status'];
  /** What the same student earned by the other checks. */
  readonly rest: number;
}

/** By check, what became of it in each grade. */
function collectAnswers(grades: readonly Grade[]): ReadonlyMap<string, readonly Answer[]> {
  const answers = new Map<string, Answer[]>();
  for (const { stages } of grades) {
    const checks = stages.flatMap((stage) => stage.checks);
    const total = checks.reduce((sum, { earned }) => sum + earned, 0);
    for (const { id, status, earned } of checks) {
      entryOf(answers, id, (): Answer[] => []).push({ status, rest: total - earned });
    }
  }
  return answers;
}

function summarizeCheck(check: Check, answers: readonly Answer[]): CheckSummary {
  const count = (wanted: Answer['status']): number =>
    answers.filter(({ status }) => status === wanted).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const judged = passed + failed + skipped;
  const rate = (some: number): number => (judged === 0 ? 0 : some / judged);
  const pairs = answers
    .filter(({ status }) => status !== 'not-judged' && status !== 'broken')
    .map(({ status, rest }) => ({ passed: status === 'passed', rest }));
  return {
    ...check,
    ...{ passed, failed, skipped, unjudged: answers.length - judged },
    ...{ passRate: rate(passed), failRate: rate(failed), skipRate: rate(skipped) },
    discrimination: pointBiserial(pairs),
  };
}

function summarizeDiagnoses(records: readonly BatchRecord[]): readonly DiagnosisSummary[] {
  const byCode = new Map<DiagnosisCode, { students: Set<string>; checks: Map<string, number> }>();
  for (const record of records) {
    const { student } = record;
    const standing = standingOf(record);
    const stages = 'grade' in standing ? standing.grade.stages : [];
    for (const { id, code } of stages.flatMap(({ checks }) => checks)) {
      if (code === undefined) continue;
      const seen = entryOf(byCode, code, () => ({
        students: new Set<string>(),
        checks: new Map<string, number>(),
      }));
      seen.students.add(student.id);
      seen.checks.set(id, (seen.checks.get(id) ?? 0) + 1);
    }
  }
  return [...byCode]
    .map(([code, { students, checks }]) => ({
      code,
      students: [...students],
      checks: [...checks]
        .map(([id, count]) => ({ id, students: count }))
        .sort((a, b) => b.students - a.students),
    }))
    .sort((a, b) => b.students.length - a.students.length || compare(a.code, b.code));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
