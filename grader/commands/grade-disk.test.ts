import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execaSync } from 'execa';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { solutionsFolder } from '../course/project.ts';
import { isInstalled, runCli, type CliRun } from '../testing/cli.ts';
import { behindMounts, mountable } from '../testing/mounts.ts';
import { parseResult } from '../testing/result-parser.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

// Disks that are full or read-only are mounted in a namespace that ends with the grader. The
// machine's own devices are never named: what is tested here is what happens to a device.

const WORKED = solutionsFolder('week02');
const GRADE = ['grade', 'week02', 'http_serve1', '--from', WORKED];

let files: TestSubmission;
beforeEach(() => {
  files = makeSubmission({ 'a-file': 'text', 'device/full': '' });
  for (const folder of ['disk', 'read-only']) mkdirSync(join(files.folder, folder));
});
afterEach(() => {
  files.remove();
});

function expectUsage(run: CliRun, input: string, fix: RegExp): void {
  expect(run.stderr).toMatch(/^wiregrade: [^\n]+$/);
  expect(run.stderr).toContain(input);
  expect(run.stderr).toMatch(fix);
  expect(run.exitCode).toBe(2);
}

const testMount = mountable ? test : test.skip;
const why = mountable ? '' : ' (skipped: user namespaces may not be used here)';

describe('--format with a file', () => {
  test.each([
    ['in a folder that is missing', 'nowhere/result.json', /make it first|name another place/],
    ['that is a folder', 'disk', /name a file|name another place/],
    ['below a file', 'a-file/result.json', /make it first|name another/],
  ])('is refused, before anything is graded, %s', async (_, name, fix) => {
    const file = join(files.folder, name);
    const run = await runCli([...GRADE, '--format', `json=${file}`]);
    expectUsage(run, file, fix);
    expect(run.stdout).toBe('');
  });

  testMount(`is refused, before anything is graded, on a read-only disk${why}`, async () => {
    const file = join(files.folder, 'read-only/result.json');
    const options = behindMounts(`-t tmpfs -o ro tmpfs ${join(files.folder, 'read-only')}`);
    const run = await runCli([...GRADE, '--format', `json=${file}`], options);
    expectUsage(run, file, /name another place/);
    expect(run.stdout).toBe('');
  });

  testMount(
    `says that the disk is full, leaves nothing there, and still reports${why}`,
    async () => {
      const disk = join(files.folder, 'disk');
      const file = join(disk, 'result.json');
      // One page, which a file of the test takes: room for a name, and for no byte.
      const options = behindMounts(`-t tmpfs -o size=4k tmpfs ${disk} && echo > ${disk}/mine`);
      const formats = ['--format', `json=${file}`, '--format', 'terminal'];
      const listed = {
        behind: [...(options.behind ?? []), 'sh', '-c', `"$@"; c=$?; ls ${disk}; exit $c`, 'sh'],
      };
      const run = await runCli([...GRADE, ...formats], listed);
      expectUsage(run, file, /the disk is full.*name another place/);
      expect(run.stdout).toContain('4/4 checks, 10/10 points');
      expect(run.stdout).toMatch(/\nmine$/);
    },
  );

  testMount(`says that a device is full, and leaves it what it is${why}`, async () => {
    const file = join(files.folder, 'device/full');
    const options = behindMounts(`--bind /dev/full ${file}`);
    const run = await runCli([...GRADE, '--format', `json=${file}`], options);
    expectUsage(run, file, /the disk is full/);
    expect(readdirSync(join(files.folder, 'device'))).toEqual(['full']);
  });

  const makesPipes = isInstalled('mkfifo');
  (makesPipes ? test : test.skip)(
    `writes into a pipe, and does not put a file in its place${makesPipes ? '' : ' (skipped: no mkfifo)'}`,
    async () => {
      const pipe = join(files.folder, 'pipe');
      execaSync('mkfifo', [pipe]);
      const read = readFile(pipe, 'utf8');
      const run = await runCli([...GRADE, '--format', `json=${pipe}`]);
      // Where nobody wrote into it, a writer has to come, or the read would never end.
      writeFileSync(pipe, '', { flag: 'r+' });
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      expect(parseResult((await read) || '{}').lab).toBe('week02');
    },
  );

  test('replaces an earlier result as a whole', async () => {
    const file = join(files.folder, 'result.json');
    writeFileSync(file, 'x'.repeat(1_000_000));
    await runCli([...GRADE, '--format', `json=${file}`]);
    expect(parseResult(readFileSync(file, 'utf8')).lab).toBe('week02');
    expect(readdirSync(files.folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });
});

describe('TMPDIR', () => {
  const fix = /set TMPDIR to a folder with room to write in/;

  test.each([
    ['is missing', 'nowhere'],
    ['is a file', 'a-file'],
  ])('is named where it %s', async (_, name) => {
    const folder = join(files.folder, name);
    const run = await runCli(GRADE, { env: { TMPDIR: folder } });
    expectUsage(run, folder, fix);
    expect(run.stdout).not.toContain('points');
  });

  test('means the usual folder where it is empty', async () => {
    const run = await runCli(GRADE, { env: { TMPDIR: '' } });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  testMount(`is named where it is read-only${why}`, async () => {
    const folder = join(files.folder, 'read-only');
    const mounted = behindMounts(`-t tmpfs -o ro tmpfs ${folder}`);
    const run = await runCli(GRADE, { ...mounted, env: { TMPDIR: folder } });
    expectUsage(run, folder, fix);
  });

  testMount(`is named where it is full${why}`, async () => {
    const folder = join(files.folder, 'disk');
    const mounted = behindMounts(`-t tmpfs -o size=64k tmpfs ${folder}`);
    const run = await runCli(GRADE, { ...mounted, env: { TMPDIR: folder } });
    expectUsage(run, folder, fix);
    expect(run.stderr).toContain('the disk is full');
  });

  test('is left as it was', async () => {
    const folder = join(files.folder, 'disk');
    await runCli(GRADE, { env: { TMPDIR: folder } });
    expect(readdirSync(folder).filter((name) => name.startsWith('wiregrade-'))).toEqual([]);
  });
});

test('a submission on a read-only disk is graded', async () => {
  const own = join(files.folder, 'disk/http_serve1');
  mkdirSync(own);
  writeFileSync(
    join(own, 'http_serve1.py'),
    readFileSync(join(WORKED, 'proofs/programs/python/http_serve1.py')),
  );
  chmodSync(own, 0o555);
  const from = join(files.folder, 'disk');
  const run = await runCli(['grade', 'week02', 'http_serve1', '--from', from]);
  chmodSync(own, 0o755);
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(existsSync(join(own, '__pycache__'))).toBe(false);
});
