import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from '../run/find-command.ts';
import { ENVIRONMENT } from '../testing/cli.ts';
import { PushedCourse, STAGE, WRONG } from '../testing/pushed-course.ts';

const pushed = new PushedCourse();
const { course } = pushed;
afterAll(() => course.remove());
beforeEach(() => pushed.reset());
afterEach(() => {
  pushed.clear();
});

describe('a hook that grades what is pushed', () => {
  test('tells what fails, and pushes all the same', async () => {
    const { exitCode, stdout } = await pushed.hook();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('git push now grades first, and tells you what fails');
    await pushed.commitWrong();
    const { output } = await pushed.git('push', 'origin', 'main');
    expect(output).toContain('FAIL  echo_server');
    expect(output).toContain('pushed all the same');
    expect(await pushed.isPushed()).toBe(true);
  });

  test('stops the push where it is to, unless git is told to do without it', async () => {
    await pushed.hook('--block');
    await pushed.commitWrong();
    const stopped = await pushed.git('push', 'origin', 'main');
    expect(stopped.exitCode).toBe(1);
    expect(stopped.output).toContain('not pushed; to push all the same: git push --no-verify');
    expect(await pushed.isPushed()).toBe(false);
    await pushed.git('push', '--no-verify', 'origin', 'main');
    expect(await pushed.isPushed()).toBe(true);
  });

  test('grades what is committed, and not what lies in the folder', async () => {
    await pushed.hook('--block');
    course.edit(STAGE, 'echo_server: sends', 'echo_server: it sends');
    await pushed.commit('right');
    course.write(STAGE, WRONG);
    const { exitCode, output } = await pushed.git('push', 'origin', 'HEAD:refs/heads/mine');
    expect(output).toMatch(/PASS {2}echo_server +5\/5/);
    expect(output).not.toContain('http_serve1  ');
    expect(exitCode).toBe(0);
  });

  test('says nothing of a push that changes no lab, or removes a branch', async () => {
    await pushed.hook('--block');
    await pushed.commitWrong();
    await pushed.git('push', '--no-verify', 'origin', 'main', 'main:spare');
    course.write('README.md', 'words');
    await pushed.git('add', 'README.md');
    await pushed.git('commit', '--quiet', '--message', 'words');
    for (const refs of [['main'], ['--delete', 'spare']]) {
      const { exitCode, output } = await pushed.git('push', 'origin', ...refs);
      expect(output).not.toContain('week02');
      expect(exitCode).toBe(0);
    }
  });

  test('says why work cannot be graded', async () => {
    await pushed.hook('--block');
    for (const end of ['py', 'sh']) course.write(`labs/week02/athome/athome.${end}`, '');
    await pushed.commit('twice');
    const { exitCode, output } = await pushed.git('push', 'origin', 'main');
    await pushed.git('reset', '--quiet', '--hard', 'HEAD~');
    expect(output).toContain('week02 is not graded: athome has two programs');
    expect(exitCode).toBe(1);
  });

  test('lets a push go on where this machine lacks the interpreter', async () => {
    await pushed.hook('--block');
    course.write('labs/week02/athome/athome.py', '');
    await pushed.commit('in Python');
    rmSync(join(course.folder, 'labs/week02/athome/athome.py'));
    for (const name of ['git', 'sh', 'node']) {
      symlinkSync(findCommand(name, ENVIRONMENT) ?? '', join(pushed.scratch, name));
    }
    const found = { PATH: pushed.scratch };
    const push = ['push', 'origin', 'main'];
    const { exitCode, output } = await pushed.gitIn(course.folder, push, found);
    expect(output).toContain('python3 or python, which is not installed here');
    expect(exitCode).toBe(0);
  });

  test('names a file that it refuses in a way that moves no cursor', async () => {
    await pushed.hook('--block');
    symlinkSync('elsewhere', join(course.folder, 'labs/week02/a\u009b2J\u202eb'));
    await pushed.commit('a link');
    const { output } = await pushed.git('push', 'origin', 'main');
    await pushed.git('reset', '--quiet', '--hard', 'HEAD~');
    expect(output).toContain('week02 is not graded: "a\\u009b2J\\u202eb" is a link');
  });

  test('stops the push where one lab fails, though another breaks the grader', async () => {
    await course.run('new-lab', 'week99');
    await pushed.hook('--block');
    course.write('labs/week99/lab.ts', "throw new Error('half a lab');\n");
    await pushed.commitWrong();
    const { exitCode, output } = await pushed.git('push', 'origin', 'main');
    await pushed.git('reset', '--quiet', '--hard', 'HEAD~');
    expect(output).toContain('FAIL  echo_server');
    expect(output).toMatch(/week99 is not graded, since the grader broke;.*\n.*half a lab\n +at /);
    expect(exitCode).toBe(1);
  });

  test('works in a worktree, and where settings name a folder for hooks', async () => {
    await pushed.git('config', 'core.hooksPath', 'my hooks');
    const { stdout } = await pushed.hook('--block');
    expect(stdout).toContain(`wrote ${join(realpathSync(course.folder), 'my hooks/pre-push')}\n`);
    expect((await pushed.git('push', 'origin', 'HEAD:refs/heads/same')).exitCode).toBe(0);
    await pushed.commitWrong();
    expect((await pushed.git('push', 'origin', 'main')).exitCode).toBe(1);
    await pushed.git('config', 'core.hooksPath', join(course.folder, 'my hooks'));
    const worktree = join(pushed.scratch, 'other');
    await pushed.git('worktree', 'add', '--quiet', '-b', 'other', worktree);
    const { exitCode, output } = await pushed.gitIn(worktree, ['push', 'origin', 'other']);
    rmSync(join(course.folder, 'my hooks'), { recursive: true });
    expect(output).toContain('FAIL  echo_server');
    expect(exitCode).toBe(1);
  });

  test('leaves other repositories alone, where one folder of hooks is for all', async () => {
    await pushed.git('config', '--global', 'core.hooksPath', join(pushed.scratch, 'hooks'));
    await pushed.hook('--block');
    const other = join(pushed.scratch, 'repository');
    await pushed.git('clone', '--quiet', pushed.remote, other);
    writeFileSync(join(other, STAGE), WRONG);
    await pushed.gitIn(other, ['commit', '--quiet', '--all', '--message', 'wrong']);
    const { exitCode, output } = await pushed.gitIn(other, ['push', 'origin', 'main']);
    expect(output).not.toContain('echo_server');
    expect(exitCode).toBe(0);
    await pushed.commitWrong();
    expect((await pushed.git('push', 'origin', 'main:ours')).exitCode).toBe(1);
  });

  test('lets a push go on where the grader is gone, or broken', async () => {
    await pushed.hook('--block');
    await pushed.commitWrong();
    const launcher = join(course.folder, 'grader/launch.mjs');
    renameSync(launcher, `${launcher}.away`);
    const gone = await pushed.git('push', 'origin', 'main:gone');
    writeFileSync(launcher, 'process.exit(3);');
    const broken = await pushed.git('push', 'origin', 'main:broken');
    renameSync(`${launcher}.away`, launcher);
    expect(gone.output).toContain('launch.mjs is gone; run npm run hook in the course again');
    expect([gone.exitCode, broken.exitCode]).toEqual([0, 0]);
  });
});
