import { afterEach, describe, expect, test } from '@jest/globals';
import { chmodSync, cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labFolder, solutionsFolder } from '../course/project.ts';
import { runCli, type CliRun } from '../testing/cli.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

/** A copy of the lab as students get it, with these stages finished. */
function copyLab(...finished: string[]): string {
  made = makeSubmission({});
  cpSync(labFolder('week02'), made.folder, { recursive: true });
  for (const stage of finished) {
    const file = `${stage}/${stage}.ts`;
    cpSync(join(solutionsFolder('week02'), file), join(made.folder, file));
  }
  return made.folder;
}

function next(folder: string, ...args: string[]): Promise<CliRun> {
  return runCli(['next', 'week02', ...args, '--from', folder]);
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

describe('next', () => {
  test('copies the finished stage over the next untouched starter, and says what to do', async () => {
    const folder = copyLab('http_serve1');
    const run = await next(folder);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(read(folder, 'http_serve2/http_serve2.ts')).toBe(
      read(folder, 'http_serve1/http_serve1.ts'),
    );
    expect(run.stdout).toContain('http_serve2/README.md');
    expect(run.stdout).toContain('grade week02');
    expect(run.stdout).toContain('http_serve2');
  });

  test('begins with the first stage that has no work, after the one that is given', async () => {
    const folder = copyLab();
    expect(await next(folder)).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'http_serve1/http_serve1.ts')).toBe(
      read(folder, 'echo_server/echo_server.ts'),
    );
    expect(read(folder, 'http_serve2/http_serve2.ts')).toBe(
      readFileSync(join(labFolder('week02'), 'http_serve2/http_serve2.ts'), 'utf8'),
    );
  });

  test('goes on with a stage that is named', async () => {
    const folder = copyLab('http_serve1', 'http_serve2');
    expect(await next(folder, 'http_serve3')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'http_serve3/http_serve3.ts')).toBe(
      read(folder, 'http_serve2/http_serve2.ts'),
    );
  });

  test('copies a program in another language, and puts the starter away', async () => {
    made = makeSubmission({ 'http_serve1/http_serve1.py': 'serve()\n' });
    const starter = 'http_serve2/http_serve2.ts';
    cpSync(join(labFolder('week02'), starter), join(made.folder, starter));
    expect(await next(made.folder, 'http_serve2')).toMatchObject({ exitCode: 0 });
    expect(read(made.folder, 'http_serve2/http_serve2.py')).toBe('serve()\n');
    expect(existsSync(join(made.folder, starter))).toBe(false);
  });

  test('copies a program without an ending as one that can be run', async () => {
    made = makeSubmission({
      'http_serve1/http_serve1': '#!/bin/sh\n',
      'http_serve2/README.md': '',
      'http_serve3/README.md': '',
    });
    chmodSync(join(made.folder, 'http_serve1/http_serve1'), 0o755);
    expect(await next(made.folder, 'http_serve2')).toMatchObject({ exitCode: 0 });
    expect(statSync(join(made.folder, 'http_serve2/http_serve2')).mode & 0o111).toBe(0o111);
    expect(await next(made.folder, 'http_serve3')).toMatchObject({ exitCode: 0 });
  });

  test('refuses to replace work, and changes nothing', async () => {
    const folder = copyLab('http_serve1', 'http_serve2');
    const work = read(folder, 'http_serve2/http_serve2.ts');
    const run = await next(folder, 'http_serve2');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^wiregrade: .*http_serve2\.ts holds work of yours.*--force.*\.$/);
    expect(read(folder, 'http_serve2/http_serve2.ts')).toBe(work);
  });

  test('keeps a backup of each work that --force replaces', async () => {
    const folder = copyLab('http_serve1', 'http_serve2');
    const work = read(folder, 'http_serve2/http_serve2.ts');
    expect(await next(folder, 'http_serve2', '--force')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'http_serve2/http_serve2.ts.bak')).toBe(work);
    writeFileSync(join(folder, 'http_serve2/http_serve2.ts'), 'more();\n');
    expect(await next(folder, 'http_serve2', '--force')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'http_serve2/http_serve2.ts.2.bak')).toBe('more();\n');
  });

  test('puts work in another language away, once there is a backup of it', async () => {
    const folder = copyLab('http_serve1');
    writeFileSync(join(folder, 'http_serve2/http_serve2.py'), 'serve()\n');
    expect(await next(folder, 'http_serve2', '--force')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'http_serve2/http_serve2.py.bak')).toBe('serve()\n');
    expect(existsSync(join(folder, 'http_serve2/http_serve2.py'))).toBe(false);
    expect(await next(folder, 'http_serve3')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'http_serve3/http_serve3.ts')).toBe(
      read(folder, 'http_serve1/http_serve1.ts'),
    );
  });

  test('refuses to replace work that would not be graded where it lies', async () => {
    const file = 'http_serve2/http_serve2';
    made = makeSubmission({
      'http_serve1/http_serve1': '#!/bin/sh\n',
      [file]: '#!/bin/sh\nwork\n',
    });
    chmodSync(join(made.folder, 'http_serve1/http_serve1'), 0o755);
    const run = await next(made.folder, 'http_serve2');
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toContain(`${file} holds work of yours`);
    expect(read(made.folder, file)).toBe('#!/bin/sh\nwork\n');
  });

  test.each([
    ['the stage before is not begun', ['http_serve5'], /http_serve4 is not begun yet/],
    ['it is the first stage', ['echo_server'], /echo_server is the first stage/],
    ['there is no such stage', ['http_serve9'], /no stage "http_serve9"/],
  ])('says so where %s', async (_, args, sentence) => {
    const run = await next(copyLab(), ...args);
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(sentence);
  });

  test('says so where every stage is begun', async () => {
    const folder = copyLab();
    cpSync(solutionsFolder('week02'), folder, { recursive: true });
    const run = await next(folder);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('every stage of week02 is begun');
  });
});
