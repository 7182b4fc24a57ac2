import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MadeRepository } from '../batch/fetch/made-repository.ts';
import { ENVIRONMENT } from '../testing/cli.ts';
import { plantPoison } from '../testing/hostile-pull.ts';
import { fetchPull, type FetchedPull } from './fetch-pull.ts';
import { listChanges } from './list-changes.ts';

let base: MadeRepository;
let fork: MadeRepository;
let scratch: string;
beforeEach(() => {
  base = new MadeRepository();
  base.commit({ 'labs/week02/a.ts': '1', 'README.md': '1' });
  fork = new MadeRepository();
  fork.git(['fetch', '--quiet', base.folder, 'HEAD']);
  fork.git(['reset', '--quiet', '--hard', 'FETCH_HEAD']);
  scratch = mkdtempSync(join(tmpdir(), 'fetched-'));
});
afterEach(() => {
  base.remove();
  fork.remove();
  rmSync(scratch, { recursive: true, force: true });
});

const tools = { environment: ENVIRONMENT, signal: new AbortController().signal };

function fetch(head = fork.folder): Promise<FetchedPull> {
  return fetchPull({ ...tools, base: base.folder, head, scratch: join(scratch, 'own') });
}

async function changesOf(head?: string): Promise<readonly string[]> {
  const pull = await fetch(head);
  if (pull.status !== 'fetched') throw new Error(pull.reason);
  return listChanges(pull, tools);
}

/** Clones the fork. @returns the folder */
function clone(...options: readonly string[]): string {
  const folder = join(scratch, 'clone');
  execFileSync('git', ['clone', '--quiet', ...options, `file://${fork.folder}`, folder]);
  return folder;
}

describe('the head is read', () => {
  test('from a checkout, at the commit that is checked out', async () => {
    const commit = fork.commit({ 'labs/week02/b.ts': '2' });
    fork.git(['checkout', '--quiet', '--detach']);
    fork.git(['commit', '--quiet', '--allow-empty', '--message', 'more']);
    fork.git(['checkout', '--quiet', 'main']);
    expect(await fetch()).toMatchObject({ status: 'fetched', head: commit });
  });

  test('from a checkout of a commit alone', async () => {
    const commit = fork.commit({ 'labs/week02/b.ts': '2' });
    fork.git(['checkout', '--quiet', '--detach']);
    fork.git(['branch', '--delete', '--force', 'main']);
    expect(await fetch()).toMatchObject({ status: 'fetched', head: commit });
  });

  test('from a bare repository, and from packed branches', async () => {
    const commit = fork.commit({ 'labs/week02/b.ts': '2' });
    const bare = clone('--bare');
    execFileSync('git', ['-C', bare, 'pack-refs', '--all']);
    expect(await fetch(bare)).toMatchObject({ status: 'fetched', head: commit });
  });

  test('from a shallow clone, where it is compared with the base as it is', async () => {
    fork.commit({ 'labs/week02/b.ts': '2' });
    expect(await changesOf(clone('--depth', '1'))).toEqual(['labs/week02/b.ts']);
  });

  test('without its uncommitted changes', async () => {
    fork.commit({ 'labs/week02/b.ts': '2' });
    fork.write({ 'labs/week02/c.ts': '3' });
    expect(await changesOf()).toEqual(['labs/week02/b.ts']);
  });

  test('without running what its settings and hooks say', async () => {
    const trace = join(scratch, 'trace');
    const { program } = plantPoison(fork, trace);
    expect(await changesOf()).toContain(program);
    expect(existsSync(trace)).toBe(false);
  });
});

describe('what is changed', () => {
  test('is what was added, changed and removed since the branches parted', async () => {
    fork.commit({ 'labs/week02/b.ts': '2', 'README.md': '2' });
    fork.git(['rm', '--quiet', 'labs/week02/a.ts']);
    fork.commit({});
    base.commit({ LICENSE: 'later', 'labs/week02/a.ts': 'later' });
    expect(await changesOf()).toEqual(['README.md', 'labs/week02/a.ts', 'labs/week02/b.ts']);
  });

  test('is all there is, where the two have no history in common', async () => {
    fork.git(['checkout', '--quiet', '--orphan', 'other']);
    fork.commit({ 'README.md': 'other' });
    expect(await changesOf()).toEqual(['README.md']);
  });

  test('may have any name', async () => {
    const names = ['a\nb', '-rf', 'é', '::error::x'];
    fork.commit(Object.fromEntries(names.map((name) => [name, ''])));
    expect([...(await changesOf())].sort()).toEqual([...names].sort());
  });
});

describe('is refused in one sentence', () => {
  test('a folder without a repository', async () => {
    await expect(fetch(scratch)).rejects.toThrow('neither a checkout nor a git repository');
  });

  test('a folder that is not there', async () => {
    await expect(fetch(join(scratch, 'nowhere'))).rejects.toThrow('name a clone');
  });

  test('a repository without a commit', async () => {
    const empty = new MadeRepository();
    await expect(fetch(empty.folder)).rejects.toThrow('has no commit checked out');
    empty.remove();
  });

  test('a repository whose objects lie elsewhere', async () => {
    const shared = join(scratch, 'shared');
    execFileSync('git', ['clone', '--quiet', '--shared', fork.folder, shared]);
    await expect(fetch(shared)).rejects.toThrow('borrows its objects');
  });

  test('a base that is no checkout', async () => {
    rmSync(join(base.folder, '.git'), { recursive: true });
    await expect(fetch()).rejects.toMatchObject({ name: 'UsageError' });
  });
});

test('a branch that leads out of the repository is not followed', async () => {
  writeFileSync(join(scratch, 'secret'), `${'a'.repeat(40)}\n`);
  writeFileSync(join(fork.folder, '.git/HEAD'), `ref: refs/../../../${scratch}/secret\n`);
  await expect(fetch()).rejects.toThrow('has no commit checked out');
});

test('objects that git does not take make a verdict of their own', async () => {
  const tree = fork.tree([{ mode: '100644', name: '.git', content: 'x' }]);
  fork.commitTree(tree);
  expect(await fetch()).toMatchObject({ status: 'refused' });
});
