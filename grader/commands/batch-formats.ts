import { join } from 'node:path';
import { renderCanvasCsv } from '../batch/gradebook/canvas-csv.ts';
import type { RosterEntry } from '../batch/roster/roster-entry.ts';
import { UsageError } from '../model/errors.ts';
import type { BatchRecord, BatchTitle } from '../model/gradebook.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** The options of `batch` that name gradebooks for other tools. */
export interface ClassFormatOptions {
  readonly format: readonly string[];
  readonly canvasAssignment?: string;
}

export type WriteFormats = (title: BatchTitle, records: readonly BatchRecord[]) => void;

/**
 * Reads `--format canvas[=FILE]`, which may be given more than once.
 *
 * @returns what writes them all
 * @throws UsageError where there is no such format, a file cannot be written, or Canvas could not know
 *   a student
 */
export function readClassFormats(
  { format, canvasAssignment }: ClassFormatOptions,
  { out, entries }: { readonly out: string; readonly entries: readonly RosterEntry[] },
): WriteFormats {
  const files = format.map((text) => readFile(text) ?? join(out, 'gradebook-canvas.csv'));
  if (files.length > 0) refuseUnknown(entries);
  else if (canvasAssignment !== undefined) {
    throw new UsageError(
      `--canvas-assignment ${canvasAssignment} names a column of --format canvas; add that, or leave it out.`,
    );
  }
  const idsOf = new Map(entries.map(({ student, canvas }) => [student.id, canvas]));
  return (title, records) => {
    const rows = records.map((record) => ({ record, ids: idsOf.get(record.student.id) }));
    for (const file of files) writeWhole(file, renderCanvasCsv(title, rows, canvasAssignment));
  };
}

function readFile(text: string): string | undefined {
  const [name, ...rest] = text.split('=');
  if (name !== 'canvas') {
    throw new UsageError(`batch has no format "${name ?? ''}"; there is canvas.`);
  }
  if (rest.length === 0) return undefined;
  const file = rest.join('=');
  if (file === '') throw new UsageError(`--format ${text} names no file; write canvas=FILE.`);
  refuseUnwritable(file);
  return file;
}

function refuseUnknown(entries: readonly RosterEntry[]): void {
  const unknown = entries.find(({ student, canvas }) => student.name === '' && !canvas);
  if (!unknown) return;
  throw new UsageError(
    `--format canvas: Canvas could not find ${JSON.stringify(unknown.student.id)}, who has no name; give the roster a column name, canvas_id, sis_user_id or sis_login_id.`,
  );
}
