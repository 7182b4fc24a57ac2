import { readdirSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCode, UsageError } from '../../model/errors.ts';
import { faultOfId, foldId } from './check-id.ts';
import { faultsError, quote, type Fault } from './faults.ts';
import type { RosterEntry } from './roster-entry.ts';

/**
 * Reads a folder that holds one folder for each student, named for the student. Plain files in it,
 * and what begins with a dot, are left out.
 *
 * @throws UsageError that lists all that is wrong
 */
export function readSubmissions(dir: string): readonly RosterEntry[] {
  const inside = namesIn(dir).filter(({ name }) => !name.startsWith('.'));
  const links = inside.filter((entry) => entry.isSymbolicLink());
  const names = inside
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    // By code unit, so that the order is the same whatever language the system speaks.
    .sort((one, other) => (one < other ? -1 : 1));
  const faults: Fault[] = [
    ...links.map(({ name }) => ({
      line: 0,
      // An archive may bring one, and it may lead anywhere.
      text: `${quote(name)} is a link; put the folder itself there.`,
    })),
    ...names.flatMap((name) => {
      const text = faultOfId(name);
      return text === undefined ? [] : [{ line: 0, text: text.replace('the id', 'the folder') }];
    }),
    ...sameNames(names),
  ];
  if (faults.length > 0) throw faultsError(dir, faults);
  if (names.length === 0) {
    throw new UsageError(`${dir} holds no folders; it must hold one for each student.`);
  }
  return names.map((name) => ({
    student: { id: name, name: '', email: '', section: '' },
    kind: 'folder',
    repo: resolve(join(dir, name)),
    line: 0,
  }));
}

function namesIn(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    const reason = READING.get(errorCode(error));
    if (reason === undefined) throw error;
    throw new UsageError(`cannot read --submissions ${dir}: ${reason}.`, { cause: error });
  }
}

const READING = new Map([
  ['ENOENT', 'there is no such folder'],
  ['ENOTDIR', 'it is no folder'],
  ['EACCES', 'it may not be read'],
]);

function sameNames(names: readonly string[]): Fault[] {
  const seen = new Map<string, string>();
  return names.flatMap((name) => {
    const first = seen.get(foldId(name));
    seen.set(foldId(name), first ?? name);
    if (first === undefined) return [];
    const text = `the folders ${quote(first)} and ${quote(name)} are one name where case does not count; rename one.`;
    return [{ line: 0, text }];
  });
}
