import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './course/project.ts';
import { dropRoot, startCli } from './testing/cli.ts';
import { makeCourse, type TestCourse } from './testing/course.ts';

let course: TestCourse;
let home: string;
beforeEach(() => {
  course = makeCourse();
  home = mkdtempSync(join(tmpdir(), 'home-'));
});
afterEach(() => {
  course.remove();
  rmSync(home, { recursive: true });
});

describe('the launcher', () => {
  const drop = dropRoot();
  (drop === undefined ? test.skip : test)(
    `keeps its bundle at home, and grades, where the cache is another user's${drop === undefined ? ' (skipped: root without setpriv)' : ''}`,
    async () => {
      lockCache(course.folder);
      for (const folder of [course.folder, home]) chmodSync(folder, 0o777);
      const run = await startCli(['grade', 'week02', 'http_serve2', '--solutions'], {
        project: course.folder,
        behind: drop ?? [],
        env: { HOME: home },
      });
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      expect(readdirSync(join(home, '.cache/wiregrade'))).toHaveLength(1);
    },
  );

  test('runs in a course that has no solutions, as students have it', async () => {
    rmSync(join(course.folder, 'solutions'), { recursive: true });
    const run = await startCli(['grade', 'week02', 'echo_server'], { project: course.folder });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

/** Gives a course packages of its own, with a cache in which nobody but root may write. */
function lockCache(folder: string): void {
  const packages = join(folder, 'node_modules');
  rmSync(packages);
  mkdirSync(join(packages, '.cache/wiregrade'), { recursive: true });
  for (const name of readdirSync(join(PROJECT, 'node_modules'))) {
    if (name !== '.cache') symlinkSync(join(PROJECT, 'node_modules', name), join(packages, name));
  }
  chmodSync(join(packages, '.cache/wiregrade'), 0o555);
}
