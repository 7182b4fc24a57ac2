import type { MadeRepository, OddEntry } from '../../batch/fetch/made-repository.ts';
import { IN_TIME, type Fork } from './fork.ts';
import { LAB } from './works.ts';

const FILE = '100644';
const FOLDER = '040000';

const ODD: Readonly<Record<NonNullable<Fork['odd']>, OddEntry>> = {
  link: { mode: '120000', name: 'http_serve1.ts', content: '/etc/passwd' },
  dash: { mode: FILE, name: '-rf', content: 'x' },
  'line-break': { mode: FILE, name: 'one\ntwo.ts', content: 'x' },
  submodule: { mode: '160000', name: 'web', object: '0123456789012345678901234567890123456789' },
};

/** Commits a lab's folder with what no file system gives by itself. @returns the commit */
export function makeOdd(repository: MadeRepository, odd: NonNullable<Fork['odd']>): string {
  const readMe: OddEntry = { mode: FILE, name: 'README.md', content: 'Read me.\n' };
  const lab = repository.tree([readMe, ODD[odd]]);
  const labs = repository.tree([{ mode: FOLDER, name: LAB, object: lab }]);
  const top = repository.tree([{ mode: FOLDER, name: 'labs', object: labs }]);
  const when = { GIT_COMMITTER_DATE: IN_TIME, GIT_AUTHOR_DATE: IN_TIME };
  const commit = repository.git(['commit-tree', '-m', 'odd', top], '', when);
  repository.git(['update-ref', 'refs/heads/main', commit]);
  return commit;
}
