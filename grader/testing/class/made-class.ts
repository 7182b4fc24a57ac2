import { stringify } from 'csv-stringify/sync';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MadeRepository } from '../../batch/fetch/made-repository.ts';
import { expectRow, type GradebookRow } from './expected-row.ts';
import type { Fork } from './fork.ts';
import { COURSE } from './list-histories.ts';
import { makeOdd } from './odd-trees.ts';

/** A class on disk. Who makes it removes it. */
export interface MadeClass {
  readonly folder: string;
  readonly roster: string;
  readonly course: string;
  /** The rows of the gradebook, in the order of the roster. */
  readonly rows: readonly GradebookRow[];
  /** The folder of a student's repository. */
  readonly repositoryOf: (id: string) => string;
  readonly remove: () => void;
}

/**
 * Makes the repositories of a class by git, its roster and its course.yaml.
 *
 * @param folder where; a new one for temporary files, unless it is given
 */
export function makeClass(
  forks: readonly Fork[],
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'class-'))),
): MadeClass {
  const repositories = join(folder, 'repositories');
  mkdirSync(repositories, { recursive: true });
  const repositoryOf = (id: string): string => join(repositories, id);
  const commits = new Map<string, readonly string[]>();
  for (const fork of forks.filter(({ shares }) => shares === undefined)) {
    commits.set(fork.id, makeRepository(fork, repositoryOf(fork.id)));
  }
  const roster = join(folder, 'roster.csv');
  const header = ['id', 'name', 'email', 'section', 'repo', 'ref', 'path'];
  const lines = forks.map(({ id, name = '', shares = id, ref, path }) => [
    ...[id, name, `${id}@example.org`, 'A', `repositories/${shares}`, ref, path],
  ]);
  writeFileSync(roster, stringify([header, ...lines]));
  const course = join(folder, 'course.yaml');
  writeFileSync(course, COURSE);
  return {
    ...{ folder, roster, course, repositoryOf },
    rows: forks.map((fork) => expectRow(fork, commits.get(fork.shares ?? fork.id) ?? [])),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns its commits, the first one first */
function makeRepository({ commits, odd, tags = {} }: Fork, folder: string): readonly string[] {
  const repository = new MadeRepository();
  try {
    const made = odd
      ? [makeOdd(repository, odd)]
      : commits.map(({ files, ...when }) => repository.commit(files, when));
    for (const [tag, commit] of Object.entries(tags)) {
      repository.git(['tag', tag, made[commit] ?? '']);
    }
    renameSync(repository.folder, folder);
    return made;
  } finally {
    repository.remove();
  }
}
