import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../testing/cli.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch-input-'));
  mkdirSync(join(folder, 'class/ann'), { recursive: true });
  mkdirSync(join(folder, 'none'));
  writeFileSync(join(folder, 'class/ann/echo_server.py'), 'pass\n');
  writeFileSync(join(folder, 'file'), '');
  writeFileSync(join(folder, 'roster.csv'), 'id,repo\nann,ssh://host/ann\n,./bob\n');
  writeFileSync(join(folder, 'late.yaml'), 'labs:\n  week02:\n    penalty: much\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const CLASS = ['--submissions', 'class'];
const TRUSTED = ['--sandbox', 'none', '--i-trust-this-code'];

describe('batch refuses, before anything is graded, with what was typed and what to do:', () => {
  test.each([
    [[], 'one of --roster FILE, --forks-of OWNER/REPO and --submissions DIR'],
    [[...CLASS, '--roster', 'roster.csv'], 'one of --roster FILE'],
    [['--roster', 'gone.csv'], 'cannot read the roster gone.csv: there is no such file'],
    [['--roster', 'roster.csv'], 'line 2'],
    [['--roster', 'roster.csv'], 'line 3'],
    [['--submissions', 'gone'], 'cannot read --submissions gone: there is no such folder'],
    [['--submissions', 'none'], 'none holds no folders'],
    [['--forks-of', 'owner'], 'owner'],
    [[...CLASS, '--sandbox', 'none'], 'add --i-trust-this-code'],
    [[...CLASS, '--sandbox', 'jail'], 'jail'],
    [[...CLASS, '--deadline', 'tomorrow'], '--deadline tomorrow'],
    [[...CLASS, '--course', 'gone.yaml'], 'cannot read gone.yaml'],
    [[...CLASS, '--course', 'late.yaml'], 'line 3'],
    [[...CLASS, '--format', 'excel'], 'batch has no format "excel"; there is canvas.'],
    [[...CLASS, '--format', 'canvas='], 'names no file; write canvas=FILE'],
    [[...CLASS, '--format', 'canvas=gone/x.csv'], 'cannot write gone/x.csv'],
    [[...CLASS, '--format', 'canvas'], 'Canvas could not find "ann", who has no name'],
    [[...CLASS, '--canvas-assignment', 'Week 2'], 'names a column of --format canvas'],
    [[...CLASS, '--slots', '0'], '--slots 0'],
    [[...CLASS, '--seed', 'x'], '--seed x'],
    [[...CLASS, '--again', 'nobody'], '--again nobody'],
    [[...CLASS, '--runtime', 'py'], 'py'],
    [[...CLASS, ...TRUSTED, '--out', 'file'], '--out'],
    [[...CLASS, ...TRUSTED, '--out', 'file/grades'], 'file/grades cannot be written'],
    [['--repo-template', 'https://host/{id}', ...CLASS], '--repo-template'],
  ])('%j', async (args, message) => {
    const { exitCode, stdout, stderr } = await runCli(['batch', 'week02', ...args], {
      cwd: folder,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(existsSync(join(folder, 'grades'))).toBe(false);
  });

  test('a lab that is not there', async () => {
    const { exitCode, stderr } = await runCli(['batch', 'week99', '--submissions', folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('week99');
  });
});

test('what ended a batch is told, although its gradebook cannot be written either', async () => {
  const out = join(folder, 'spoilt');
  for (const name of ['results/ann.json', 'gradebook.csv']) {
    mkdirSync(join(out, name), { recursive: true });
  }
  const args = ['batch', 'week02', ...CLASS, ...TRUSTED, '--out', out];
  const { exitCode, stderr } = await runCli(args, { cwd: folder });
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/the gradebook is not written: .*gradebook\.csv/);
  expect(stderr).toMatch(/EISDIR: .*results\/ann\.json/);
});
