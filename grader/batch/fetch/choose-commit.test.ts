import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
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

function take(request: Partial<ForkRequest> = {}): Promise<Fetched> {
  const signal = new AbortController().signal;
  return fetchFork({
    repo: repository.folder,
    cache,
    environment: ENVIRONMENT,
    signal,
    ...request,
  });
}

describe('a deadline takes the last commit', () => {
  const deadline = new Date('2026-10-01T23:59:00+02:00');

  test.each([
    ['at it', '2026-10-01T21:59:00Z', 2],
    ['a second before it', '2026-10-01T21:58:59Z', 2],
    ['not a second after it', '2026-10-01T21:59:01Z', 1],
    ['by the zone of the commit', '2026-10-02T07:58:00+10:00', 2],
  ])('%s', async (_, at, which) => {
    const commits = [repository.commit({ a: '1' }), repository.commit({ a: '2' }, { at })];
    expect(await take({ deadline })).toMatchObject({ commit: commits[which - 1] });
  });

  test('by the committer, since amending keeps the author', async () => {
    const first = repository.commit({ a: '1' });
    const at = '2026-10-05T00:00:00Z';
    repository.commit({ a: '2' }, { at, authoredAt: '2026-09-02T00:00:00Z' });
    expect(await take({ deadline })).toMatchObject({ commit: first });
    expect(await take()).toMatchObject({ committedAt: '2026-10-05T00:00:00.000Z' });
  });

  test('of the branch itself, not of one that was merged after it', async () => {
    const first = repository.commit({ a: '1' });
    repository.git(['switch', '--quiet', '--create', 'side']);
    repository.commit({ b: '1' }, { at: '2026-09-20T00:00:00Z' });
    repository.git(['switch', '--quiet', 'main']);
    repository.git(['merge', '--quiet', '--no-ff', '--message', 'merge', 'side'], '', {
      GIT_COMMITTER_DATE: '2026-10-05T00:00:00Z',
    });
    expect(await take({ deadline })).toMatchObject({ commit: first });
  });

  test('the same on the second run, when more has come', async () => {
    const first = repository.commit({ a: '1' });
    await take({ deadline });
    repository.commit({ a: '2' }, { at: '2026-10-03T00:00:00Z' });
    expect(await take({ deadline })).toMatchObject({ commit: first });
    expect(await take()).toMatchObject({ committedAt: '2026-10-03T00:00:00.000Z' });
  });

  test('or nothing', async () => {
    repository.commit({ a: '1' }, { at: '2026-10-03T00:00:00Z' });
    expect(await take({ deadline })).toEqual({
      status: 'nothing',
      reason: 'it has no commit up to 2026-10-01T21:59:00.000Z',
    });
  });

  test('whose date is beyond all dates', async () => {
    repository.commit({ a: '1' }, { at: '@99999999999999 +0000' });
    expect(await take()).toMatchObject({ committedAt: '+275760-09-13T00:00:00.000Z' });
  });
});
