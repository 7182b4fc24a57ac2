import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { forksOf } from './forks-of.ts';
import type { Answer } from '../../testing/api-server.ts';
import { fork, GithubServer } from '../../testing/github-server.ts';
import type { RosterEntry } from './roster-entry.ts';

let github: GithubServer;
let told: string[];
beforeEach(async () => {
  told = [];
  github = new GithubServer();
  await github.open();
});
afterEach(() => github.close());

function list(
  repository = 'org/week02',
  options: { readonly token?: string; readonly signal?: AbortSignal } = {},
): Promise<readonly RosterEntry[]> {
  return forksOf(repository, {
    apiUrl: github.apiUrl,
    signal: new AbortController().signal,
    told: (message) => told.push(message),
    ...options,
  });
}

describe('a limit is waited for, and told of', () => {
  const now = new Date('2026-10-01T12:00:00Z');
  const secondary = { message: 'You have exceeded a secondary rate limit.' };

  test.each<readonly [string, Answer]>([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '0' }, body: secondary }],
    ['429 without GitHub in it', { status: 429, headers: { 'retry-after': '0' } }],
    ['403 with Retry-After', { status: 403, headers: { 'retry-after': '0' }, body: secondary }],
  ])('%s', async (_, limit) => {
    github.forks = [fork('ann')];
    github.instead = [limit, limit];
    expect(await list()).toHaveLength(1);
    expect(told).toEqual(Array(2).fill('GitHub asks for a pause; it is asked again in 0 s.'));
  });

  test('403 with nothing left, by the clock of the server', async () => {
    github.forks = [fork('ann')];
    github.instead = [
      {
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(now.getTime() / 1000),
          date: now.toUTCString(),
        },
        body: { message: 'API rate limit exceeded for user ID 1.' },
      },
    ];
    expect(await list('org/week02', { token: 'secret' })).toHaveLength(1);
    expect(told).toEqual(['GitHub asks for a pause; it is asked again in 1 s.']);
  });

  test('in the middle of the pages', async () => {
    github.forks = Array.from({ length: 150 }, (_, n) => fork(`s${String(n)}`));
    github.onNext(() => {
      github.instead = [{ status: 429, headers: { 'retry-after': '0' } }];
    });
    expect(await list()).toHaveLength(150);
    expect(told).toHaveLength(1);
  });

  test('until the batch is stopped', async () => {
    github.instead = [{ status: 429, headers: { 'retry-after': '3000' } }];
    const stopped = new AbortController();
    github.onNext(() => stopped.abort(new Error('stopped by SIGINT')));
    await expect(list('org/week02', { signal: stopped.signal })).rejects.toThrow(
      'stopped by SIGINT',
    );
  });

  test('while it waits, too', async () => {
    github.instead = [{ status: 429, headers: { 'retry-after': '3000' } }];
    const stopped = new AbortController();
    const entries = forksOf('org/week02', {
      apiUrl: github.apiUrl,
      signal: stopped.signal,
      told: () => stopped.abort(new Error('stopped by SIGINT')),
    });
    await expect(entries).rejects.toThrow('stopped by SIGINT');
  });
});

describe('what cannot be listed is one sentence', () => {
  const usedUp = {
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' },
    body: { message: 'API rate limit exceeded' },
  };

  test.each<readonly [string, { planned?: Answer; token?: string }, string]>([
    [
      'no such repository',
      { planned: { status: 404 } },
      'knows no repository org/week02; look at its name, or set GITHUB_TOKEN if it is private.',
    ],
    [
      'no such repository, with a token',
      { planned: { status: 404 }, token: 'x' },
      'and whether the token may read it.',
    ],
    ['a wrong token', { planned: { status: 401 }, token: 'x' }, 'does not take the token'],
    ['no questions left, without a token', { planned: usedUp }, 'set GITHUB_TOKEN, with which'],
    [
      'no questions left for long, with a token',
      { planned: usedUp, token: 'x' },
      'start again in an hour',
    ],
    [
      'too long a pause',
      { planned: { status: 429, headers: { 'retry-after': '9999' } }, token: 'x' },
      'start again',
    ],
    [
      'no right to it',
      { planned: { status: 403, body: { message: 'Forbidden' } }, token: 'x' },
      'does not let the forks',
    ],
    ['no forks', {}, 'org/week02 has no forks that could be graded'],
  ])('%s', async (_, { planned, token }, reason) => {
    github.instead = planned ? [planned] : [];
    const listed = list('org/week02', token === undefined ? {} : { token });
    await expect(listed).rejects.toMatchObject({ name: 'UsageError' });
    await expect(listed).rejects.toThrow(reason);
    expect(github.asked).toHaveLength(1);
  });

  test.each(['week02', 'a/b/c', 'https://github.com/o/r', 'a/..', 'a b/c', ''])(
    'the name %j',
    async (name) => {
      await expect(list(name)).rejects.toThrow('write it as OWNER/REPO');
      expect(github.asked).toEqual([]);
    },
  );

  test('pauses without end', async () => {
    github.instead = Array<Answer>(20).fill({ status: 429, headers: { 'retry-after': '0' } });
    await expect(list()).rejects.toThrow('answers no more questions for now');
    expect(github.asked).toHaveLength(6);
  });

  test('a server that fails is asked again, and then named', async () => {
    github.forks = [fork('ann')];
    github.instead = [{ status: 502 }];
    expect(await list()).toHaveLength(1);
    expect(told).toEqual(['GitHub does not answer; it is asked again in 1 s.']);
    github.close();
    await expect(list()).rejects.toThrow('could not be asked');
  });
});
