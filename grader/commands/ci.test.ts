import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { runCli } from '../testing/cli.ts';

// What a pull request comes to is in testing/pull-request.test.ts.

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ci-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const BASE = ['--base', PROJECT];
const HEAD = ['--head', '.'];

test.each<readonly [string, readonly string[], RegExp]>([
  ['no head', BASE, /--head/],
  ['no base', HEAD, /--base/],
  ['a base that is not there', ['--base', 'nowhere', ...HEAD], /nowhere is no folder; name/],
  [
    "another checkout's grader",
    ['--base', tmpdir(), ...HEAD],
    /is not where this grader is.*run npm run ci in/,
  ],
  ['a head that is no repository', [...BASE, '--head', '/proc'], /\/proc is neither a checkout/],
  ['a lab that there is not', [...BASE, ...HEAD, '--lab', 'week99'], /no lab "week99"/],
  [
    'a stage that there is not',
    [...BASE, ...HEAD, '--require', 'http_serve9'],
    /no stage "http_serve9"/,
  ],
  [
    'a record that cannot be kept',
    [...BASE, ...HEAD, '--result', '/nowhere/ci.json'],
    /cannot write/,
  ],
  ['programs without a cell', [...BASE, ...HEAD, '--sandbox', 'none'], /add --i-trust-this-code/],
  ['another sandbox', [...BASE, ...HEAD, '--sandbox', 'auto'], /bwrap, none/],
])('%s is one sentence with the way out, and leaves nothing', async (_, args, fix) => {
  const run = await runCli(['ci', ...args], { cwd: scratch, env: { TMPDIR: scratch } });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toMatch(/^wiregrade: [^\n]+$/);
  expect(run.stderr).toMatch(fix);
  expect(run.stdout).toBe('');
  expect(readdirSync(scratch)).toEqual([]);
});
