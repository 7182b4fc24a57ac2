import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { findCommand } from '../run/find-command.ts';
import { ENVIRONMENT, runCli, type CliRun } from '../testing/cli.ts';
import { makeCourse, type TestCourse } from '../testing/course.ts';

const STAGE = 'labs/week02/echo_server/echo_server.ts';
const WRONG = 'process.exit(1);\n';

let course: TestCourse;
let scratch: string;
beforeAll(() => {
  course = makeCourse();
});
afterAll(() => course.remove());
beforeEach(async () => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'push-')));
  rmSync(join(course.folder, '.git'), { recursive: true, force: true });
  cpSync(join(PROJECT, STAGE), join(course.folder, STAGE));
  await git('init', '--quiet', '--initial-branch=main');
  await git('init', '--quiet', '--bare', '--initial-branch=main', join(scratch, 'remote.git'));
  await git('remote', 'add', 'origin', join(scratch, 'remote.git'));
  await commit('the course');
  await git('push', '--quiet', 'origin', 'main');
});
afterEach(() => rmSync(scratch, { recursive: true }));

const environment = (): Record<string, string | undefined> => ({
  PATH: ENVIRONMENT.PATH,
  HOME: scratch,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.org',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.org',
});

interface GitRun {
  readonly exitCode: number | undefined;
  /** What it printed, its hooks included. */
  readonly output: string;
}

const QUIETLY = { extendEnv: false, reject: false, all: true } as const;

async function gitIn(cwd: string, ...args: readonly string[]): Promise<GitRun> {
  const { exitCode, all } = await execa('git', args, { ...QUIETLY, cwd, env: environment() });
  return { exitCode, output: all };
}

const git = (...args: readonly string[]): Promise<GitRun> => gitIn(course.folder, ...args);

const hook = (...args: readonly string[]): Promise<CliRun> =>
  runCli(['hook', ...args], { project: course.folder, cwd: course.folder, env: environment() });

async function commit(message: string): Promise<void> {
  await git('add', 'labs');
  await git('commit', '--quiet', '--allow-empty', '--message', message);
}

async function commitWrong(): Promise<void> {
  course.write(STAGE, WRONG);
  await commit('wrong');
}

/** Whether the remote has what is committed here. */
async function isPushed(): Promise<boolean> {
  const here = await git('rev-parse', 'main');
  const there = await gitIn(join(scratch, 'remote.git'), 'rev-parse', 'main');
  return here.output === there.output;
}

describe('a hook that grades what is pushed', () => {
  test('tells what fails, and pushes all the same', async () => {
    const { exitCode, stdout } = await hook();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('git push now grades first, and tells you what fails');
    await commitWrong();
    const { output } = await git('push', 'origin', 'main');
    expect(output).toContain('FAIL  echo_server');
    expect(output).toContain('pushed all the same');
    expect(await isPushed()).toBe(true);
  });

  test('stops the push where it is to, unless git is told to do without it', async () => {
    await hook('--block');
    await commitWrong();
    const stopped = await git('push', 'origin', 'main');
    expect(stopped.exitCode).toBe(1);
    expect(stopped.output).toContain('not pushed; to push all the same: git push --no-verify');
    expect(await isPushed()).toBe(false);
    await git('push', '--no-verify', 'origin', 'main');
    expect(await isPushed()).toBe(true);
  });

  test('grades what is committed, and not what lies in the folder', async () => {
    await hook('--block');
    course.edit(STAGE, 'echo_server: sends', 'echo_server: it sends');
    await commit('right');
    course.write(STAGE, WRONG);
    const { exitCode, output } = await git('push', 'origin', 'HEAD:refs/heads/mine');
    expect(output).toMatch(/PASS {2}echo_server +5\/5/);
    expect(output).not.toContain('http_serve1  ');
    expect(exitCode).toBe(0);
  });

  test('says nothing of a push that changes no lab, or removes a branch', async () => {
    await hook('--block');
    await commitWrong();
    await git('push', '--no-verify', 'origin', 'main', 'main:spare');
    course.write('README.md', 'words');
    await git('add', 'README.md');
    await git('commit', '--quiet', '--message', 'words');
    for (const refs of [['main'], ['--delete', 'spare']]) {
      const { exitCode, output } = await git('push', 'origin', ...refs);
      expect(output).not.toContain('week02');
      expect(exitCode).toBe(0);
    }
  });

  test('says why work cannot be graded', async () => {
    await hook('--block');
    for (const end of ['py', 'sh']) course.write(`labs/week02/athome/athome.${end}`, '');
    await commit('twice');
    const { exitCode, output } = await git('push', 'origin', 'main');
    await git('reset', '--quiet', '--hard', 'HEAD~');
    expect(output).toContain('week02 is not graded: athome has two programs');
    expect(exitCode).toBe(1);
  });

  test('lets a push go on where this machine lacks the interpreter', async () => {
    await hook('--block');
    course.write('labs/week02/athome/athome.py', '');
    await commit('in Python');
    rmSync(join(course.folder, 'labs/week02/athome/athome.py'));
    for (const name of ['git', 'sh', 'node']) {
      symlinkSync(findCommand(name, ENVIRONMENT) ?? '', join(scratch, name));
    }
    const options = { ...QUIETLY, cwd: course.folder, env: { ...environment(), PATH: scratch } };
    const { exitCode, all } = await execa('git', ['push', 'origin', 'main'], options);
    expect(all).toContain('python3 or python, which is not installed here');
    expect(exitCode).toBe(0);
  });

  test('names a file that it refuses in a way that moves no cursor', async () => {
    await hook('--block');
    symlinkSync('elsewhere', join(course.folder, 'labs/week02/a\u009b2J\u202eb'));
    await commit('a link');
    const { output } = await git('push', 'origin', 'main');
    await git('reset', '--quiet', '--hard', 'HEAD~');
    expect(output).toContain('week02 is not graded: "a\\u009b2J\\u202eb" is a link');
  });

  test('stops the push where one lab fails, though another breaks the grader', async () => {
    await course.run('new-lab', 'week99');
    await hook('--block');
    course.write('labs/week99/lab.ts', "throw new Error('half a lab');\n");
    await commitWrong();
    const { exitCode, output } = await git('push', 'origin', 'main');
    await git('reset', '--quiet', '--hard', 'HEAD~');
    expect(output).toContain('FAIL  echo_server');
    expect(output).toMatch(/week99 is not graded, since the grader broke;.*\n.*half a lab\n +at /);
    expect(exitCode).toBe(1);
  });

  test('works in a worktree, and where settings name a folder for hooks', async () => {
    await git('config', 'core.hooksPath', 'my hooks');
    const { stdout } = await hook('--block');
    expect(stdout).toContain(`wrote ${join(realpathSync(course.folder), 'my hooks/pre-push')}\n`);
    expect((await git('push', 'origin', 'HEAD:refs/heads/same')).exitCode).toBe(0);
    await commitWrong();
    expect((await git('push', 'origin', 'main')).exitCode).toBe(1);
    await git('config', 'core.hooksPath', join(course.folder, 'my hooks'));
    await git('worktree', 'add', '--quiet', '-b', 'other', join(scratch, 'other'));
    const { exitCode, output } = await gitIn(join(scratch, 'other'), 'push', 'origin', 'other');
    rmSync(join(course.folder, 'my hooks'), { recursive: true });
    expect(output).toContain('FAIL  echo_server');
    expect(exitCode).toBe(1);
  });

  test('leaves other repositories alone, where one folder of hooks is for all', async () => {
    await git('config', '--global', 'core.hooksPath', join(scratch, 'hooks'));
    await hook('--block');
    const other = join(scratch, 'repository');
    await git('clone', '--quiet', join(scratch, 'remote.git'), other);
    writeFileSync(join(other, STAGE), WRONG);
    await gitIn(other, 'commit', '--quiet', '--all', '--message', 'wrong');
    const { exitCode, output } = await gitIn(other, 'push', 'origin', 'main');
    expect(output).not.toContain('echo_server');
    expect(exitCode).toBe(0);
    await commitWrong();
    expect((await git('push', 'origin', 'main:ours')).exitCode).toBe(1);
  });

  test('lets a push go on where the grader is gone, or broken', async () => {
    await hook('--block');
    await commitWrong();
    const launcher = join(course.folder, 'grader/launch.mjs');
    renameSync(launcher, `${launcher}.away`);
    const gone = await git('push', 'origin', 'main:gone');
    writeFileSync(launcher, 'process.exit(3);');
    const broken = await git('push', 'origin', 'main:broken');
    renameSync(`${launcher}.away`, launcher);
    expect(gone.output).toContain('launch.mjs is gone; run npm run hook in the course again');
    expect([gone.exitCode, broken.exitCode]).toEqual([0, 0]);
  });
});

describe('npm run hook', () => {
  const file = (): string => join(course.folder, '.git/hooks/pre-push');

  test('leaves a hook of somebody else alone, and says what to do', async () => {
    mkdirSync(join(course.folder, '.git/hooks'), { recursive: true });
    writeFileSync(file(), '#!/bin/sh\n');
    const { exitCode, stderr } = await hook('--block');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is there already, and is left as it is; to grade as well, add this');
    expect(stderr).toContain('pre-push --block -- "$@"');
    expect((await hook('--remove')).exitCode).toBe(2);
    expect(readFileSync(file(), 'utf8')).toBe('#!/bin/sh\n');
  });

  test('follows no link, since what it leads to may be of use to others', async () => {
    mkdirSync(join(course.folder, '.git/hooks'), { recursive: true });
    symlinkSync(join(scratch, 'shared'), file());
    expect((await hook()).exitCode).toBe(2);
    expect(existsSync(join(scratch, 'shared'))).toBe(false);
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
  });

  test('takes its own away again, and may be run twice', async () => {
    await hook();
    expect((await hook('--block')).exitCode).toBe(0);
    expect(readFileSync(file(), 'utf8')).toContain(' --block');
    expect((await hook('--remove')).stdout).toContain('removed ');
    expect(existsSync(file())).toBe(false);
    expect(await hook('--remove')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('there is no hook at'),
    });
  });

  test('wants a repository, and one wish at a time', async () => {
    expect((await hook('--block', '--remove')).stderr).toContain('give one of them');
    rmSync(join(course.folder, '.git'), { recursive: true });
    const { exitCode, stderr } = await hook();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('git knows no repository at');
  });
});
