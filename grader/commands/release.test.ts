import { afterEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { appendFileSync, cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

// `release` writes into its own project, so each test has a copy of the project.

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

function copyProject(): string {
  made = makeSubmission({});
  const { folder } = made;
  for (const name of [
    'grader',
    'labs',
    'solutions',
    'templates',
    'package.json',
    'package-lock.json',
  ]) {
    cpSync(join(PROJECT, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/\.test\.ts$|[\\/]grader[\\/](?:testing|bench)[\\/]/.test(path),
    });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function release(project: string, ...args: string[]) {
  const command = [join(project, 'grader/launch.mjs'), 'release', 'week02', ...args];
  const { exitCode, stdout, stderr } = await execa(process.execPath, command, { reject: false });
  return { exitCode, stdout, stderr };
}

function read(project: string, path: string): string {
  return readFileSync(join(project, path), 'utf8');
}

describe('release', () => {
  test('finds this project in step', async () => {
    expect(await release(PROJECT, '--check')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('makes a starter of a solution: regions become what is to do, the rest stays', async () => {
    const project = copyProject();
    const region = '// #solution Say hello.\n// #solution   Twice.\nconst hello = 1;\n// #end\n';
    appendFileSync(join(project, 'solutions/week02/http_serve1/http_serve1.ts'), `\n${region}`);
    const run = await release(project);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('wrote labs/week02/http_serve1/http_serve1.ts');
    const starter = read(project, 'labs/week02/http_serve1/http_serve1.ts');
    expect(starter).toMatch(/\/\/ TODO: Say hello\.\n\/\/ {3}Twice\.\n$/);
    expect(starter).not.toContain('hello = 1');
    expect(await release(project, '--check')).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['a starter', 'labs/week02/http_serve2/http_serve2.ts'],
    ['the digests', 'labs/week02/starters.json'],
    ['a copy of a file that is served', 'labs/week02/athome/web/sample.txt'],
  ])('finds drift in %s by --check, and writes nothing', async (_, path) => {
    const project = copyProject();
    writeFileSync(join(project, path), '{}\n');
    const run = await release(project, '--check');
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain(`${path} is not what the solutions make it`);
    expect(run.stderr).toContain('npm run release week02');
    expect(read(project, path)).toBe('{}\n');
  });

  test.each(['labs/week02/starters.json', 'labs/week02/athome/web/sample.txt'])(
    'writes %s anew where it has drifted',
    async (path) => {
      const project = copyProject();
      writeFileSync(join(project, path), '{}\n');
      expect(await release(project)).toMatchObject({ exitCode: 0 });
      expect(read(project, path)).toBe(read(PROJECT, path));
    },
  );

  test("never writes a starter over someone's work", async () => {
    const project = copyProject();
    const path = 'labs/week02/http_serve2/http_serve2.ts';
    writeFileSync(join(project, path), 'mine\n');
    const run = await release(project);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`${path} is no starter but someone's work`);
    expect(read(project, path)).toBe('mine\n');
  });

  test.each([
    ['does not end', '// #solution Say hello.\n', /does not end/],
    [
      'begins within another',
      '// #solution A.\nx();\n// #solution B.\n// #end\n',
      /before the one before it ends/,
    ],
    ['ends without a beginning', '// #end\n', /#end/],
  ])('refuses a region that %s, by the name of its file', async (_, text, sentence) => {
    const project = copyProject();
    appendFileSync(join(project, 'solutions/week02/http_serve1/http_serve1.ts'), `\n${text}`);
    const run = await release(project);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('http_serve1.ts');
    expect(run.stderr).toMatch(sentence);
  });

  test('names a solution that is missing', async () => {
    const project = copyProject();
    rmSync(join(project, 'solutions/week02/http_serve3/http_serve3.ts'));
    const run = await release(project);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('solutions/week02/http_serve3/http_serve3.ts');
  });
});
