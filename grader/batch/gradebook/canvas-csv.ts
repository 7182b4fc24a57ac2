import { stringify } from 'csv-stringify/sync';
import type { BatchRecord, BatchTitle } from '../../model/gradebook.ts';
import { showLine } from '../../report/show-text.ts';
import type { CanvasIds } from '../roster/roster-entry.ts';
import { standingOf } from './standing.ts';

/** A student's record, and what the roster says of them in Canvas. */
export interface CanvasRow {
  readonly record: BatchRecord;
  readonly ids: CanvasIds | undefined;
}

/**
 * The grades as Canvas imports them into its gradebook: a row a student. One without a grade has no
 * row, so that Canvas leaves the grade that it has; an empty cell might take it away.
 *
 * It has no byte order mark, as Canvas needs none, and the name of its first column must be just that.
 *
 * @param assignment the assignment's column as Canvas exports it, such as `Week 2 (4711)`
 */
export function renderCanvasCsv(
  title: BatchTitle,
  rows: readonly CanvasRow[],
  assignment = title.lab,
): string {
  const header = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', assignment];
  const possible = ['Points Possible', '', '', '', '', title.possible.possible];
  return stringify([header, possible, ...rows.flatMap(writeRow)], {
    record_delimiter: 'windows',
    // A cell that begins like a formula gets an apostrophe.
    escape_formulas: true,
  });
}

function writeRow({ record, ids }: CanvasRow): readonly (readonly (string | number)[])[] {
  const standing = standingOf(record);
  if (standing.status === 'broken') return [];
  const { id, name, section } = record.student;
  const who = [name || id, ids?.id ?? '', ids?.sisUserId ?? '', ids?.sisLoginId ?? '', section];
  return [[...who.map((cell) => showLine(cell)), standing.final]];
}
