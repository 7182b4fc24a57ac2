import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode, UsageError } from '../../model/errors.ts';
import { faultOfId, foldId } from './check-id.ts';
import { checkPath, checkRepo, faultOfRef, repoKey, type Checked } from './check-repo.ts';
import { faultsError, quote, type Fault } from './faults.ts';
import { readTemplate } from './fill-template.ts';
import { recognise, type RosterKind, type Row } from './headers.ts';
import { parseCsv, type CsvRecord } from './parse-csv.ts';
import type { RosterEntry } from './roster-entry.ts';

/**
 * Reads the roster of a class: our own kind, with the columns `id,name,email,section,repo,ref,path`,
 * or one of GitHub Classroom, Classroom 50 or Gradescope. Any of them may have the columns
 * `canvas_id,sis_user_id,sis_login_id`, by which Canvas finds a student.
 *
 * @param file its path; relative paths in it start from its folder
 * @param options `repoTemplate` names the repository of a row that does not
 * @throws UsageError that lists all that is wrong, each with its line
 */
export async function readRoster(
  file: string,
  { repoTemplate }: { readonly repoTemplate?: string | undefined } = {},
): Promise<readonly RosterEntry[]> {
  const [header, ...records] = parseCsv(await readBytes(file), file);
  if (!header) throw new UsageError(`${file} is empty; its first line must name the columns.`);
  const columns = header.cells.map((name) => name.toLowerCase());
  const kind = recognise(columns, file, repoTemplate);
  const reader: RowReader = {
    kind,
    columns,
    base: dirname(resolve(file)),
    fill: repoTemplate === undefined ? undefined : readTemplate(repoTemplate, columns),
  };
  const rows = records
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .filter(({ cells }) => kind.isStudent?.(rowOf(cells, columns)) ?? true)
    .map((record) => readRow(record, reader));
  if (rows.length === 0) throw new UsageError(`${file} names no students, only columns.`);
  const entries = rows.map(({ entry }) => entry);
  const faults = [...rows.flatMap((row) => row.faults), ...findDuplicates(entries)];
  if (faults.length > 0) throw faultsError(file, faults);
  return entries;
}

interface RowReader {
  readonly kind: RosterKind;
  readonly columns: readonly string[];
  readonly base: string;
  readonly fill: ((row: Row) => Checked<string>) | undefined;
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = READING.get(errorCode(error));
    if (reason === undefined) throw error;
    throw new UsageError(`cannot read the roster ${file}: ${reason}.`, { cause: error });
  }
}

const READING = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder; name a CSV file'],
  ['ENOTDIR', 'there is no such file'],
  ['EACCES', 'it may not be read'],
]);

/** An entry with faults is looked at for duplicates, and for nothing else. */
function readRow(
  { cells, line }: CsvRecord,
  { kind, columns, base, fill }: RowReader,
): { readonly entry: RosterEntry; readonly faults: readonly Fault[] } {
  const row = rowOf(cells, columns);
  const texts: (string | undefined)[] = [];
  const take = (checked: Checked<string>): string => {
    if ('value' in checked) return checked.value;
    texts.push(checked.fault);
    return '';
  };
  if (cells.slice(columns.length).some((cell) => cell !== '')) {
    const found = `has ${String(cells.length)} cells where the first line has ${String(columns.length)}`;
    texts.push(`it ${found}; put quotes around a cell that holds a comma.`);
  }
  const student = kind.student(row);
  texts.push(faultOfId(student.id));
  const written = row('repo') === '' && fill ? take(fill(row)) : row('repo');
  const repo = written === '' && fill ? '' : take(checkRepo(written, base));
  const ref = row('ref');
  texts.push(ref === '' ? undefined : faultOfRef(ref));
  const path = row('path') === '' ? undefined : take(checkPath(row('path')));
  const faults = texts.flatMap((text) => (text === undefined ? [] : [{ line, text }]));
  const entry: RosterEntry = {
    student,
    kind: 'repository',
    repo,
    ...(ref !== '' && { ref }),
    ...(path !== undefined && { path }),
    ...readCanvas(row),
    line,
  };
  return { entry, faults };
}

function rowOf(cells: readonly string[], columns: readonly string[]): Row {
  return (column) => cells[columns.indexOf(column)] ?? '';
}

function readCanvas(row: Row): Pick<RosterEntry, 'canvas'> {
  const canvas = {
    id: row('canvas_id'),
    sisUserId: row('sis_user_id'),
    sisLoginId: row('sis_login_id'),
  };
  return Object.values(canvas).some((each) => each !== '') ? { canvas } : {};
}

/** Two students may share a repository, but not one folder of one branch of it. */
function findDuplicates(entries: readonly RosterEntry[]): Fault[] {
  const ids = new Map<string, RosterEntry>();
  const places = new Map<string, RosterEntry>();
  return entries.flatMap((entry) => {
    const { student, repo, ref = '', path = '', line } = entry;
    const sameId = firstOf(ids, foldId(student.id), entry);
    const samePlace = firstOf(places, JSON.stringify([repoKey(repo), ref, path]), entry);
    const faults: Fault[] = [];
    if (sameId && student.id !== '') {
      const text = `the id ${quote(student.id)} is in line ${String(sameId.line)} already; ids name files, so upper and lower case are one.`;
      faults.push({ line, text });
    }
    if (samePlace && repo !== '') {
      const text = `the repo ${quote(repo)} is in line ${String(samePlace.line)} already; give one of them another ref or path.`;
      faults.push({ line, text });
    }
    return faults;
  });
}

function firstOf(
  seen: Map<string, RosterEntry>,
  key: string,
  entry: RosterEntry,
): RosterEntry | undefined {
  const first = seen.get(key);
  if (!first) seen.set(key, entry);
  return first;
}
