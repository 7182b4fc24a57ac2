import type { BatchRecord } from '../../model/gradebook.ts';
import type { GradebookRow } from './expected-row.ts';

/** Reads what csv-parse makes of a gradebook. */
export function parseRows(rows: unknown): readonly GradebookRow[] {
  return rows as readonly GradebookRow[];
}

/** Reads a record of a batch. */
export function parseBatchRecord(text: string): BatchRecord {
  return JSON.parse(text) as BatchRecord;
}
