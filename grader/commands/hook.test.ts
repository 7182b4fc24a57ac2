import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PushedCourse } from '../testing/pushed-course.ts';

const pushed = new PushedCourse();
const { course } = pushed;
afterAll(() => course.remove());
beforeEach(() => pushed.reset());
afterEach(() => {
  pushed.clear();
});

describe('npm run hook', () => {
  const file = (): string => join(course.folder, '.git/hooks/pre-push');

  test('leaves a hook of somebody else alone, and says what to do', async () => {
    mkdirSync(join(course.folder, '.git/hooks'), { recursive: true });
    writeFileSync(file(), '#!/bin/sh\n');
    const { exitCode, stderr } = await pushed.hook('--block');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is there already, and is left as it is; to grade as well, add this');
    expect(stderr).toContain('pre-push --block -- "$@"');
    expect((await pushed.hook('--remove')).exitCode).toBe(2);
    expect(readFileSync(file(), 'utf8')).toBe('#!/bin/sh\n');
  });

  test('follows no link, since what it leads to may be of use to others', async () => {
    mkdirSync(join(course.folder, '.git/hooks'), { recursive: true });
    symlinkSync(join(pushed.scratch, 'shared'), file());
    expect((await pushed.hook()).exitCode).toBe(2);
    expect(existsSync(join(pushed.scratch, 'shared'))).toBe(false);
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
  });

  test('takes its own away again, and may be run twice', async () => {
    await pushed.hook();
    expect((await pushed.hook('--block')).exitCode).toBe(0);
    expect(readFileSync(file(), 'utf8')).toContain(' --block');
    expect((await pushed.hook('--remove')).stdout).toContain('removed ');
    expect(existsSync(file())).toBe(false);
    expect(await pushed.hook('--remove')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('there is no hook at'),
    });
  });

  test('wants a repository, and one wish at a time', async () => {
    expect((await pushed.hook('--block', '--remove')).stderr).toContain('give one of them');
    rmSync(join(course.folder, '.git'), { recursive: true });
    const { exitCode, stderr } = await pushed.hook();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('git knows no repository at');
  });
});
