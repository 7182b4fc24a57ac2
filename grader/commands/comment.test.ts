import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOT, PullsServer } from '../testing/pulls-server.ts';
import { MARKER } from '../pull/comment/write-comment.ts';
import { runCli, type CliRun } from '../testing/cli.ts';
import { makeRecord } from '../testing/hostile-record.ts';

const SHA = '1'.repeat(40);

let github: PullsServer;
let scratch: string;
let file: string;
beforeEach(async () => {
  github = new PullsServer();
  await github.open();
  github.pulls.set(7, { sha: SHA, from: 'ann/week02' });
  scratch = mkdtempSync(join(tmpdir(), 'comment-'));
  file = join(scratch, 'ci.json');
  writeFileSync(file, JSON.stringify(makeRecord()));
});
afterEach(() => {
  github.close();
  rmSync(scratch, { recursive: true, force: true });
});

const BY_NUMBER = ['--pull', '7', '--head-repo', 'ann/week02', '--head-sha', SHA];
const BY_BRANCH = ['--pull', '', '--head-repo', 'ann/week02', '--head-sha', SHA];

function comment(args: readonly string[] = BY_NUMBER, token = 'secret'): Promise<CliRun> {
  return runCli(['comment', '--result', file, '--repo', 'org/week02', ...args], {
    env: { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: token },
  });
}

function writes(): readonly string[] {
  return github.asked.filter((asked) => !asked.startsWith('GET'));
}

describe('the comment', () => {
  test('is written once, and then brought up to date', async () => {
    github.say('ann', 'Please look.');
    const first = await comment();
    expect(first).toEqual({
      exitCode: 0,
      stdout: 'The comment on pull request 7 is written.',
      stderr: '',
    });
    expect((await comment()).stdout).toContain('is unchanged');
    writeFileSync(file, JSON.stringify(makeRecord({ verdict: 'passed' })));
    expect((await comment()).stdout).toContain('is updated');
    expect(github.comments).toHaveLength(2);
    expect(github.comments[1]?.body).toMatch(/^<!-- wiregrade[^\n]*\n\n## wiregrade: Passed\n/);
    expect(writes()).toEqual([
      'POST /repos/org/week02/issues/7/comments',
      'PATCH /repos/org/week02/issues/comments/2',
    ]);
  });

  test('is found behind many others', async () => {
    for (let n = 0; n < 150; n += 1) github.say('ann', `comment ${String(n)}`);
    github.say(BOT, `${MARKER}\nold`);
    expect((await comment()).stdout).toContain('is updated');
    expect(github.comments).toHaveLength(151);
  });

  test("is never somebody else's, though they have copied the marker", async () => {
    github.say('ann', `${MARKER}\n100 of 100 points`);
    github.say(BOT, 'from another workflow');
    await comment();
    expect(github.comments.map(({ user, body }) => [user.login, body.slice(0, 8)])).toEqual([
      ['ann', '<!-- wir'],
      [BOT, 'from ano'],
      [BOT, '<!-- wir'],
    ]);
    expect(github.comments[0]?.body).toContain('100 of 100 points');
  });

  test('goes by the name of a token that may ask for it', async () => {
    github.login = 'teacher';
    github.say(BOT, `${MARKER}\nold`);
    expect((await comment()).stdout).toContain('is written');
    expect(github.comments.at(-1)?.user.login).toBe('teacher');
  });

  test('is not written twice, where GitHub fails after it wrote', async () => {
    github.instead = [{ method: 'POST', reply: { status: 502 }, acts: true }];
    expect((await comment()).stdout).toContain('is unchanged');
    expect(github.comments).toHaveLength(1);
  });

  test('is written after the pause that GitHub asks for', async () => {
    const limit = { status: 403, headers: { 'retry-after': '0' } };
    github.instead = [{ method: 'POST', reply: limit }];
    const { stdout, stderr } = await comment();
    expect(stdout).toContain('is written');
    expect(stderr).toBe('GitHub asks for a pause; it is asked again in 0 s.');
  });

  test('warns, by what GitHub says, of changed workflows', async () => {
    github.changed = ['README.md', '.github/workflows/@grade.yml'];
    await comment();
    expect(github.comments[0]?.body).toContain(
      '**This pull request changes `.github/workflows/@grade.yml`.** GitHub runs',
    );
  });

  test('is short enough for GitHub, whatever the record says', async () => {
    const text = '`<@&"'.repeat(10_000);
    const [lab] = makeRecord().labs;
    const labs = Array.from(
      { length: 50 },
      () => ({ lab: 'a', verdict: 'failed', ...lab, reason: text }) as const,
    );
    const ignored = { paths: Array(50).fill(text), more: 9 };
    writeFileSync(file, JSON.stringify(makeRecord({ labs, ignored, reason: text })));
    expect((await comment()).stdout).toContain('is written');
    expect(github.comments[0]?.body.length).toBeLessThan(65_536);
  });
});

describe('the pull request', () => {
  test('of a fork is found by its repository and commit', async () => {
    for (let n = 10; n < 150; n += 1)
      github.pulls.set(n, { sha: SHA, from: `s${String(n)}/week02` });
    github.pulls.delete(7);
    github.pulls.set(200, { sha: SHA, from: 'ann/week02' });
    expect((await comment(BY_BRANCH)).stdout).toBe('The comment on pull request 200 is written.');
  });

  test.each<readonly [string, readonly string[]]>([
    ['has gone on since', BY_NUMBER],
    ['has gone on since, and is looked for', BY_BRANCH],
  ])('that %s is left to the run of its own', async (_, args) => {
    github.pulls.set(7, { sha: '9'.repeat(40), from: 'ann/week02' });
    const { exitCode, stdout } = await comment(args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('nothing is written');
    expect(writes()).toEqual([]);
  });
});

describe('a pull request that is closed', () => {
  test.each<readonly [string, readonly string[]]>([
    ['its number', BY_NUMBER],
    ['its commit', BY_BRANCH],
  ])('gets no comment any more, asked for by %s', async (_, args) => {
    github.pulls.set(7, { sha: SHA, from: 'ann/week02', isClosed: true });
    const { exitCode, stdout } = await comment(args);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('No open pull request has this commit any more; nothing is written.');
    expect(writes()).toEqual([]);
  });
});

describe('one sentence, and nothing written, where', () => {
  test.each<readonly [string, () => void, string]>([
    [
      'the record is too large',
      () => truncateSync(file, 17 * 1024 * 1024),
      'is larger than any record',
    ],
    ['it is no JSON', () => writeFileSync(file, 'PASS\n::error::x'), 'it is no JSON'],
    [
      'it is another record',
      () => writeFileSync(file, '{"schema":"x"}'),
      'is no record of a pull request',
    ],
    [
      'it has a field with a hostile name',
      () => writeFileSync(file, '{"\\u001b[2J\\n::error::":1}'),
      'is no record',
    ],
    ['it is not there', () => rmSync(file), 'does not exist'],
    [
      'it is of another commit',
      () => writeFileSync(file, JSON.stringify(makeRecord({ head: '3'.repeat(40) }))),
      'and --head-sha is',
    ],
  ])('%s', async (_, spoil, reason) => {
    spoil();
    const { exitCode, stdout, stderr } = await comment();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^wiregrade: [^\n\u001b]+$/);
    expect(stderr).toContain(reason);
    expect(github.asked).toEqual([]);
  });

  test('it is a link', async () => {
    const link = join(scratch, 'link.json');
    symlinkSync(file, link);
    file = link;
    expect((await comment()).stderr).toContain('is a link');
  });

  test.each<readonly [string, readonly string[], string]>([
    ['no pull request is named', ['--pull', ''], 'name the pull request by --pull N'],
    ['its number is none', ['--pull', '7x'], '--pull 7x is not a whole number'],
    ['the repository is none', ['--repo', 'org', '--pull', '7'], 'write it as OWNER/NAME'],
    [
      'the repository leads elsewhere',
      ['--repo', '../..', '--pull', '7'],
      'write it as OWNER/NAME',
    ],
  ])('%s', async (_, args, reason) => {
    const { exitCode, stderr } = await comment(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
    expect(github.asked).toEqual([]);
  });

  test('there is no token', async () => {
    expect((await comment(BY_NUMBER, '')).stderr).toContain('set GITHUB_TOKEN');
  });

  test('the token may not write', async () => {
    github.instead = [{ method: 'POST', reply: { status: 403, body: { message: 'Forbidden' } } }];
    const { exitCode, stderr } = await comment();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the token needs pull-requests: write');
  });
});

test('a dry run prints the comment, and asks nobody', async () => {
  const { exitCode, stdout } = await runCli(['comment', '--result', file, '--dry-run']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^<!-- wiregrade[^\n]*\n\n## wiregrade: Not passed yet\n/);
});
