import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { forksOf } from './forks-of.ts';
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

describe('the forks of a repository', () => {
  test('are each the work of its owner', async () => {
    github.forks = [fork('Ann-1'), fork('ben')];
    expect(await list()).toEqual([
      {
        student: { id: 'Ann-1', name: '', email: '', section: '' },
        kind: 'repository',
        repo: 'https://github.com/Ann-1/week02.git',
        line: 0,
      },
      expect.objectContaining({ repo: 'https://github.com/ben/week02.git' }),
    ]);
    expect(github.asked).toEqual([
      { url: '/repos/org/week02/forks?per_page=100&sort=oldest', token: undefined },
    ]);
  });

  test('are listed over all pages, with the token on each', async () => {
    github.forks = Array.from({ length: 250 }, (_, n) => fork(`student-${String(n)}`));
    const entries = await list('org/week02', { token: 'secret' });
    expect(entries).toHaveLength(250);
    expect(github.asked.map(({ token }) => token)).toEqual(Array(3).fill('token secret'));
  });

  test('are found where the repository was renamed', async () => {
    github.forks = [fork('ann')];
    expect(await list('org/old')).toHaveLength(1);
  });

  test('are left out and told of where they cannot be graded', async () => {
    github.forks = [
      fork('ann'),
      fork('ben', { private: true }),
      fork('gone', { owner: null }),
      fork('aux'),
      fork('path', { clone_url: '/etc' }),
      fork('ssh', { clone_url: 'git@github.com:ssh/week02.git' }),
      fork('spy', { clone_url: 'https://a:b@evil.example/x' }),
      null,
    ];
    expect((await list()).map(({ student }) => student.id)).toEqual(['ann']);
    expect(told).toEqual([
      'The fork ben/week02 is left out: it is private; ask its owner to make it public.',
      'The fork /week02 is left out: its owner has left GitHub.',
      'The fork aux/week02 is left out: the id "aux" is the name of a device on Windows, so it cannot name a file; choose another.',
      'The fork path/week02 is left out: it has no https:// address.',
      'The fork ssh/week02 is left out: the repo "git@github.com:ssh/week02.git" is an ssh address; write it as https://HOST/OWNER/REPO.',
      expect.stringContaining('holds a user name or a password'),
      'The fork / is left out: its owner has left GitHub.',
    ]);
  });

  test('of one owner have names of their own', async () => {
    github.forks = [fork('org2'), fork('org2', { name: 'week02-b', clone_url: 'https://h/b' })];
    expect((await list()).map(({ student }) => student.id)).toEqual(['org2', 'org2.week02-b']);
  });
});
