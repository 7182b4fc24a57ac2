import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { KITS } from '../kits/kits.ts';
import { runCli, type CliRun } from '../testing/cli.ts';
import { makeCourse, type TestCourse } from '../testing/course.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const pack = (...args: readonly string[]): Promise<CliRun> =>
  runCli(['package', ...args], { cwd: folder });

describe('package', () => {
  test('packs what grading needs: no solution, no proof, no starter, no test, no package', async () => {
    const { exitCode, stdout } = await pack('gradescope', 'week02', '--out', 'kit.zip');
    expect(stdout).toBe('wrote kit.zip\nnext   upload it under Configure Autograder, for Ubuntu');
    expect(exitCode).toBe(0);
    const names = Object.keys(unzipSync(readFileSync(join(folder, 'kit.zip'))));
    expect(names).toEqual(
      expect.arrayContaining([
        ...['setup.sh', 'run_autograder', 'package-lock.json', 'grader/launch.mjs'],
        ...['labs/week02/lab.ts', 'labs/week02/athome/checks.ts', 'labs/week02/web/sample.txt'],
      ]),
    );
    const unneeded = /^solutions|\.test\.ts$|^grader\/(?:testing|bench)\/|node_modules|README/;
    expect(names.filter((name) => unneeded.test(name))).toEqual([]);
    expect(names.filter((name) => /^labs\/week02\/\w+\/\w+\.ts$/.test(name))).toEqual(
      names.filter((name) => name.endsWith('/checks.ts')),
    );
  });

  test('packs every file that the grader runs from where it lies', async () => {
    await pack('classroom50', 'week02', '--out', 'run.zip');
    const names = Object.keys(unzipSync(readFileSync(join(folder, 'run.zip'))));
    const run = names
      .filter((name) => name.startsWith('grader/') && name.endsWith('.ts'))
      .flatMap((name) =>
        [
          ...readFileSync(join(PROJECT, name), 'utf8').matchAll(/'(\.\/[\w./-]+\.(?!ts')\w+)'/g),
        ].map(([, file = '']) => posix.join(posix.dirname(name), file)),
      );
    expect(run).toEqual(
      expect.arrayContaining(['grader/run/call/call.py', 'grader/run/trace/preload.cjs']),
    );
    expect(run.filter((file) => !names.includes(file))).toEqual([]);
  });

  test('makes the same bytes from the same course, in another place and time zone', async () => {
    const course: TestCourse = makeCourse();
    course.write('LICENSE', readFileSync(join(PROJECT, 'LICENSE'), 'utf8'));
    course.write('labs/week02/notes.bak', 'of an author');
    course.write('labs/week02/athome.ts', 'of a student, where a program may lie');
    const out = join(folder, 'other.zip');
    const { exitCode } = await course.start(
      { TZ: 'Pacific/Auckland' },
      ...['package', 'gradescope', 'week02', '--out', out],
    );
    course.remove();
    expect(exitCode).toBe(0);
    await pack('gradescope', 'week02', '--out', 'same.zip');
    expect(readFileSync(out).equals(readFileSync(join(folder, 'same.zip')))).toBe(true);
  });

  test('writes a Dockerfile, and beside it what it may take', async () => {
    mkdirSync(join(folder, 'ci'));
    const { stdout } = await pack('docker', 'week02', '--out', 'ci/Dockerfile');
    expect(stdout).toContain('wrote ci/Dockerfile\nwrote ci/Dockerfile.dockerignore\n');
    const build = 'docker build --file ci/Dockerfile --tag wiregrade/week02 .';
    expect(stdout).toContain(`next   ${build}\n`);
    expect(readFileSync(join(folder, 'ci/Dockerfile'), 'utf8')).toContain(`#   ${build}\n`);
  });

  test('writes over nothing unless it is told to', async () => {
    writeFileSync(join(folder, '.gitlab-ci.yml'), 'mine');
    const refused = await pack('gitlab', 'week02');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toBe(
      'wiregrade: .gitlab-ci.yml is there already; name another file by --out, or replace it by --force.',
    );
    expect(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8')).toBe('mine');
    expect((await pack('gitlab', 'week02', '--force')).exitCode).toBe(0);
    expect(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8')).toContain('grade week02');
  });

  test('names every kit in its help', async () => {
    const { stdout } = await pack('--help');
    expect(stdout).toMatch(new RegExp(`^ *kit +${Object.keys(KITS).join(', ')}$`, 'm'));
  });

  test.each([
    [['moodle', 'week02'], 'there is no kit "moodle"; there are gradescope, classroom50, docker'],
    [['toString', 'week02'], 'there is no kit "toString"'],
    [['gradescope', 'week99'], 'there is no lab "week99"'],
    [['gradescope', 'week02', '--out', 'no/such.zip'], 'cannot write no/such.zip: there is no'],
    [['gradescope'], "missing required argument 'lab'"],
  ])('refuses %j, and leaves nothing', async (args, words) => {
    const before = readdirSync(folder);
    const { exitCode, stderr } = await pack(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
    expect(readdirSync(folder)).toEqual(before);
  });
});
