import { UsageError } from '../../model/errors.ts';
import type { Student } from '../../model/gradebook.ts';

/** A row of a roster by its columns; a column that the row does not have is an empty text. */
export type Row = (column: string) => string;

/** Where a roster comes from, which decides what its columns mean. */
export interface RosterKind {
  /** Who wrote it, where it is not our own kind. */
  readonly writtenBy: string | undefined;
  /** The column that a student's id is in. */
  readonly id: string;
  readonly student: (row: Row) => Student;
  /** False for those who hand in nothing; where it is not there, everyone is a student. */
  readonly isStudent?: (row: Row) => boolean;
}

const OWN: RosterKind = {
  writtenBy: undefined,
  id: 'id',
  student: (row) => ({
    id: row('id'),
    name: row('name'),
    email: row('email'),
    section: row('section'),
  }),
};

const CLASSROOM: RosterKind = {
  writtenBy: 'GitHub Classroom',
  id: 'github_username',
  student: (row) => ({
    // Not the identifier, which may be any text that the teacher wrote, white space included.
    id: row('github_username'),
    name: row('name') || row('identifier'),
    email: row('identifier').includes('@') ? row('identifier') : '',
    section: '',
  }),
};

const CLASSROOM_50: RosterKind = {
  writtenBy: 'Classroom 50',
  id: 'username',
  student: (row) => ({
    id: row('username'),
    name: `${row('first_name')} ${row('last_name')}`.trim(),
    email: row('email'),
    section: row('section'),
  }),
};

const GRADESCOPE: RosterKind = {
  writtenBy: 'Gradescope',
  id: 'sid',
  student: (row) => ({
    // Not everyone has a student id there, but everyone has an address.
    id: row('sid') || row('email'),
    name: row('name') || row('full name') || `${row('first name')} ${row('last name')}`.trim(),
    email: row('email'),
    section: row('section') || row('sections'),
  }),
  isStudent: (row) => row('role') === '' || row('role').toLowerCase() === 'student',
};

/**
 * Recognises a roster by its columns.
 *
 * @param columns in lower case
 * @param file as the user named it
 * @throws UsageError where it is none, or names no repositories and no template says where they are
 */
export function recognise(
  columns: readonly string[],
  file: string,
  repoTemplate: string | undefined,
): RosterKind {
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => columns.includes(name));
  const twice = columns.find((name, place) => name !== '' && columns.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new UsageError(`${file} has two columns ${JSON.stringify(twice)}; take one out.`);
  }
  const kind = [
    { found: has('id'), kind: OWN },
    { found: has('identifier', 'github_username'), kind: CLASSROOM },
    { found: has('username', 'first_name'), kind: CLASSROOM_50 },
    { found: has('sid', 'email'), kind: GRADESCOPE },
  ].find(({ found }) => found)?.kind;
  if (!kind) {
    throw new UsageError(
      `${file} has no column "id"; its first line must name the columns: id,name,email,section,repo,ref,path, of which id and repo are needed.`,
    );
  }
  if (has('repo') || repoTemplate !== undefined) return kind;
  const { writtenBy, id } = kind;
  throw new UsageError(
    writtenBy === undefined
      ? `${file} has no column "repo"; add it, or say where the repositories are by --repo-template 'https://github.com/ORG/LAB-{${id}}'.`
      : `${file} is a roster of ${writtenBy}, which names no repositories; say where they are by --repo-template 'https://github.com/ORG/LAB-{${id}}'.`,
  );
}
