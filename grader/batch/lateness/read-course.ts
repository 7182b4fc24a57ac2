import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { errorCode, UsageError } from '../../model/errors.ts';
import { faultOfId, foldId } from '../roster/check-id.ts';
import { faultsError } from '../roster/faults.ts';
import { NO_POLICY, type Allowance, type Extension, type LatePolicy } from './policy.ts';
import { readInstant } from './read-instant.ts';
import { readCost, readDays, readSpan } from './read-values.ts';
import { YamlReader, type YamlEntry } from './yaml-map.ts';

/** What an instructor says of a course. */
export interface Course {
  /** By the lab's id. */
  readonly labs: ReadonlyMap<string, LatePolicy>;
}

const INSTANT = 'a date with its zone, as in 2026-10-01T23:59:00+02:00';
const SPAN = 'a span, as in 15m, 36h or 3d';
const COST = 'a share of the points earned, as in 10%, or points, as in 5 points';
const DAYS = 'a whole number of days';
const LAB_KEYS = ['deadline', 'grace', 'penalty', 'cap', 'slip-days', 'students'];

/**
 * Reads `course.yaml`.
 *
 * @throws UsageError that lists all that is wrong, each with its line
 */
export function readCourse(file: string): Course {
  const text = readText(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const reader = new YamlReader(lines);
  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    reader.fault(lines.linePos(pos[0]).line, `${message.split('\n')[0] ?? message}.`);
  }
  const top = { name: 'the file', line: 1, keys: ['labs'] };
  const labs = reader.faults.length > 0 ? [] : reader.entries(document.contents, top);
  const policies = labs
    .flatMap(({ value, line }) => reader.entries(value, { name: 'labs', line }))
    .map((lab) => [lab.key, readLab(lab, reader)] as const);
  if (reader.faults.length > 0) throw faultsError(file, reader.faults);
  return { labs: new Map(policies) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = READING.get(errorCode(error));
    if (reason === undefined) throw error;
    throw new UsageError(`cannot read ${file}: ${reason}.`, { cause: error });
  }
}

const READING = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'it is a folder; name a YAML file'],
  ['EACCES', 'it may not be read'],
]);

function readLab({ key, value, line }: YamlEntry, reader: YamlReader): LatePolicy {
  const given = reader.entries(value, { name: key, line, keys: LAB_KEYS });
  const take = <Value>(
    name: string,
    read: (text: string) => Value | undefined,
    wanted: string,
  ): Value | undefined => {
    const entry = given.find((candidate) => candidate.key === name);
    return entry && reader.value(entry, read, wanted);
  };
  const has = (name: string): boolean => given.some((entry) => entry.key === name);
  if (has('cap') && !has('penalty')) {
    reader.fault(line, `${key} has a cap but no penalty; say what a day costs.`);
  }
  const students = given.find((entry) => entry.key === 'students');
  return {
    deadline: take('deadline', readInstant, INSTANT),
    graceSeconds: take('grace', readSpan, SPAN) ?? NO_POLICY.graceSeconds,
    perDay: take('penalty', readCost, COST),
    cap: take('cap', readCost, COST),
    slipDays: take('slip-days', readDays, DAYS) ?? NO_POLICY.slipDays,
    students: students ? readStudents(students, reader) : NO_POLICY.students,
  };
}

function readStudents(students: YamlEntry, reader: YamlReader): Map<string, Allowance> {
  const allowances = new Map<string, Allowance>();
  const { line, value } = students;
  for (const student of reader.entries(value, { name: 'students', line })) {
    const fault = faultOfId(student.key);
    if (fault !== undefined) reader.fault(student.line, fault);
    const id = foldId(student.key);
    if (allowances.has(id)) {
      reader.fault(student.line, `${student.key} is there already; upper and lower case are one.`);
    }
    allowances.set(id, readAllowance(student, reader));
  }
  return allowances;
}

function readAllowance({ key, line, value }: YamlEntry, reader: YamlReader): Allowance {
  const keys = ['extension', 'slip-days'];
  const given = reader.entries(value, { name: key, line, keys });
  const extension = given.find((entry) => entry.key === 'extension');
  const slipDays = given.find((entry) => entry.key === 'slip-days');
  const until = extension && reader.value(extension, readExtension, `${SPAN}, or ${INSTANT}`);
  const days = slipDays && reader.value(slipDays, readDays, DAYS);
  return {
    ...(until && { extension: until }),
    ...(days !== undefined && { slipDays: days }),
  };
}

function readExtension(text: string): Extension | undefined {
  const at = readInstant(text);
  if (at) return { kind: 'until', at };
  const seconds = readSpan(text);
  return seconds === undefined ? undefined : { kind: 'by', seconds };
}
