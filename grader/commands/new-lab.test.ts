import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCourse, type TestCourse } from '../testing/course.ts';

let course: TestCourse;
beforeAll(async () => {
  course = makeCourse();
  const { exitCode, stdout, stderr } = await course.run('new-lab', 'week04');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('next   npm run verify week04');
});
afterAll(() => {
  course.remove();
});

describe('new-lab', () => {
  test('writes a lab that verifies at once', async () => {
    const { exitCode, stdout } = await course.run('verify', 'week04');
    expect(stdout).toContain('All of it holds');
    expect(exitCode).toBe(0);
  });

  test('writes a lab whose solutions earn all points', async () => {
    const { exitCode, stdout } = await course.run('grade', 'week04', '--solutions', '--brief');
    expect(stdout).toContain('9/9 points');
    expect(exitCode).toBe(0);
  });

  test('writes a starter that is not started, and a table of its points', async () => {
    const { stdout } = await course.run('grade', 'week04');
    expect(stdout).toMatch(/TODO {2}greeter .*not started/);
    const readme = readFileSync(join(course.folder, 'labs/week04/README.md'), 'utf8');
    expect(readme).toContain('| **all** | **9** | **0** | |');
  });

  test('does not write over a lab that is there', async () => {
    const { exitCode, stderr } = await course.run('new-lab', 'week02');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('labs/week02 is there already; choose another name');
  });

  test.each(['Week 4', '../week04', 'a-b', ''])('refuses "%s" as a name', async (id) => {
    const { exitCode, stderr } = await course.run('new-lab', id);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`"${id}" is no name for a lab`);
    expect(existsSync(join(course.folder, 'labs', 'a-b'))).toBe(false);
  });
});
