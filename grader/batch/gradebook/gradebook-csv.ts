import { stringify } from 'csv-stringify/sync';
import type { BatchRecord, BatchTitle, Grade } from '../../model/gradebook.ts';
import { showLine } from '../../report/show-text.ts';
import { standingOf } from './standing.ts';
import { clockTime } from './words.ts';

/** As spreadsheets and programs read it: a number stays a number, and nothing is nothing. */
type Cell = string | number | undefined;

/**
 * The gradebook for spreadsheets: a row a student, in the order of the roster. The column of a stage
 * holds the required points; `points` is their sum, and `final` is points and bonus less penalty.
 *
 * It begins with a byte order mark: without one Excel takes UTF-8 for the code page of the machine,
 * and spoils every name with an accent. Lines end with CRLF (RFC 4180).
 */
export function renderGradebookCsv(title: BatchTitle, records: readonly BatchRecord[]): string {
  const stages = title.stages.map(({ id }) => id);
  const header = [
    ...['id', 'name', 'email', 'section', 'points', 'bonus', 'penalty', 'final', ...stages],
    ...['status', 'commit', 'submitted_at', 'late_by', 'penalty_days'],
  ];
  const rows = records.map((record) => rowOf(record, stages));
  return stringify([header, ...rows], {
    bom: true,
    record_delimiter: 'windows',
    // A cell that begins like a formula gets an apostrophe; a negative number does not.
    escape_formulas: true,
  });
}

function rowOf(record: BatchRecord, stages: readonly string[]): readonly Cell[] {
  const { id, name, email, section } = record.student;
  const standing = standingOf(record);
  const { status } = standing;
  const who = [id, name, email, section].map((cell) => showLine(cell));
  const none = stages.map(() => undefined);
  switch (status) {
    case 'graded': {
      const { points, penalty, final, lateness } = standing.grade;
      return [
        ...[...who, points.earned, points.bonusEarned, penalty, final],
        ...stages.map((stage) => stagePoints(standing.grade, stage)),
        ...[status, commitOf(record), lateness?.submittedAt],
        ...[lateness && clockTime(lateness.lateSeconds), lateness?.penaltyDays],
      ];
    }
    case 'graded before': {
      // Of a grade that was replaced, only the number that counts is kept.
      const points = [undefined, undefined, undefined, standing.final, ...none];
      return [
        ...who,
        ...points,
        status,
        standing.commit && showLine(standing.commit),
        ...TIMES_UNKNOWN,
      ];
    }
    case 'nothing':
    case 'refused':
      return [
        ...who,
        0,
        0,
        0,
        0,
        ...stages.map(() => 0),
        status,
        commitOf(record),
        ...TIMES_UNKNOWN,
      ];
    case 'broken': {
      const points = [undefined, undefined, undefined, undefined, ...none];
      return [...who, ...points, status, commitOf(record), ...TIMES_UNKNOWN];
    }
  }
}

function commitOf({ commit }: BatchRecord): string | undefined {
  return commit === undefined ? undefined : showLine(commit);
}

const TIMES_UNKNOWN: readonly Cell[] = [undefined, undefined, undefined];

function stagePoints({ stages }: Grade, id: string): number {
  return stages.find((stage) => stage.id === id)?.points.earned ?? 0;
}
