import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { fetchFork, type Fetched, type ForkRequest } from './fetch-fork.ts';
import { MadeRepository } from './made-repository.ts';

let repository: MadeRepository;
let cache: string;
beforeEach(() => {
  repository = new MadeRepository();
  cache = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(() => {
  repository.remove();
  rmSync(cache, { recursive: true, force: true });
});

const never = new AbortController().signal;

function take(request: Partial<ForkRequest> = {}): Promise<Fetched> {
  return fetchFork({
    repo: repository.folder,
    cache,
    environment: ENVIRONMENT,
    signal: never,
    ...request,
  });
}

/** Where the one repository of the cache is. */
function cached(): string {
  const [name = '', ...others] = readdirSync(cache);
  expect(others).toEqual([]);
  return join(cache, name);
}

function packs(): string[] {
  return readdirSync(join(cached(), 'objects/pack')).filter((name) => name.endsWith('.pack'));
}

describe('a repository', () => {
  test('is fetched without a checkout, and its last commit is taken', async () => {
    repository.commit({ a: '1' });
    const commit = repository.commit({ a: '2' }, { at: '2026-09-02T10:00:00+02:00' });
    const fetched = await take();
    expect(fetched).toEqual({
      status: 'fetched',
      repository: cached(),
      commit,
      committedAt: '2026-09-02T08:00:00.000Z',
    });
    expect(existsSync(join(cached(), 'a'))).toBe(false);
    expect(readFileSync(join(cached(), 'config'), 'utf8')).toContain('bare = true');
  });

  test('is only brought up to date the second time', async () => {
    repository.commit({ a: 'x'.repeat(1000) });
    await take();
    const before = packs();
    const { ino } = statSync(cached());
    expect(await take()).toMatchObject({ status: 'fetched' });
    expect(packs()).toEqual(before);
    const commit = repository.commit({ b: '2' });
    expect(await take()).toMatchObject({ commit });
    expect(packs()).toEqual(expect.arrayContaining(before));
    expect(packs()).toHaveLength(2);
    expect(statSync(cached()).ino).toBe(ino);
  });

  test('is taken as it is now where its history was replaced', async () => {
    repository.commit({ a: '1' });
    repository.commit({ a: '2' });
    await take();
    repository.git(['reset', '--quiet', '--hard', 'HEAD~1']);
    const commit = repository.commit({ a: '3' });
    expect(await take()).toMatchObject({ commit });
  });

  test('is taken from its first branch, whichever that is now', async () => {
    repository.commit({ a: '1' });
    await take();
    repository.git(['switch', '--quiet', '--create', 'other']);
    const commit = repository.commit({ a: '2' });
    expect(await take()).toMatchObject({ commit });
  });

  test('whose HEAD names no branch is taken from its only one', async () => {
    const commit = repository.commit({ a: '1' });
    repository.git(['symbolic-ref', 'HEAD', 'refs/heads/gone']);
    expect(await take()).toMatchObject({ commit });
    expect(await take()).toMatchObject({ commit });
    repository.git(['branch', 'second', 'main']);
    expect(await take()).toEqual({
      status: 'broken',
      reason: 'its HEAD names no branch, and there are several; give a ref in the roster',
    });
  });

  test('without a commit is nothing', async () => {
    const empty = { status: 'nothing', reason: 'the repository is empty' };
    expect(await take()).toEqual(empty);
    expect(await take()).toEqual(empty);
    const commit = repository.commit({ a: '1' });
    expect(await take()).toMatchObject({ commit });
  });

  test('that is not there is broken, and what was fetched before stays', async () => {
    const commit = repository.commit({ a: '1' });
    await take();
    repository.git(['config', 'core.repositoryFormatVersion', '99']);
    expect(await take()).toMatchObject({ status: 'broken' });
    expect(packs()).toHaveLength(1);
    repository.git(['config', '--file', '.git/config', 'core.repositoryFormatVersion', '0']);
    expect(await take()).toMatchObject({ commit });
    expect(await take({ repo: '/nowhere/at-all' })).toEqual({
      status: 'broken',
      reason: "there is no such repository (fatal: repository '/nowhere/at-all' does not exist)",
    });
  });

  test('is fetched by two at once in turn', async () => {
    const commit = repository.commit({ a: '1' });
    const all = await Promise.all([take(), take({ ref: 'main' }), take(), take({ ref: 'none' })]);
    expect(all.map(({ status }) => status)).toEqual(['fetched', 'fetched', 'fetched', 'broken']);
    expect(all[2]).toMatchObject({ commit });
  });
});

describe('a ref', () => {
  test('is a branch, a tag, or a commit, and overrides the deadline', async () => {
    const first = repository.commit({ a: '1' });
    repository.git(['tag', '--annotate', '--message', 'handed in', 'v1']);
    const second = repository.commit({ a: '2' });
    repository.git(['branch', 'early', first]);
    const third = repository.commit({ a: '3' });
    const deadline = new Date(0);
    for (const round of ['cloned', 'fetched']) {
      expect([round, await take({ ref: 'early', deadline })]).toMatchObject([
        round,
        { commit: first },
      ]);
      expect(await take({ ref: 'v1' })).toMatchObject({ commit: first });
      expect(await take({ ref: second })).toMatchObject({ commit: second });
      expect(await take({ ref: second.slice(0, 8) })).toMatchObject({ commit: second });
      expect(await take({ ref: 'main' })).toMatchObject({ commit: third });
    }
  });

  test('that is not there is broken, since it is the roster that names it', async () => {
    repository.commit({ a: '1' });
    for (const ref of ['none', 'abcdef12', '0123456789'.repeat(4)]) {
      expect(await take({ ref })).toEqual({
        status: 'broken',
        reason: `it has no branch, tag or commit ${ref}; look at its row in the roster`,
      });
    }
  });
});
