import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, startCli } from './cli.ts';
import { makeMisbehaving } from './misbehaving/make.ts';
import { findProcesses } from './misbehaving/processes.ts';
import type { Edit } from '../lab/proofs.ts';
import type { TestSubmission } from './submission.ts';

jest.setTimeout(120_000);

/** Takes every request, answers none, ignores polite signals, and keeps a second process. */
const STUBBORN = [
  ['import { createServer', "import { spawn } from 'node:child_process';\nimport { createServer"],
  [
    'const server =',
    "for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});\n" +
      "  spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { detached: true }).unref();\n" +
      '  const server =',
  ],
  ["socket.on('data', receive);", 'socket.resume();'],
] as const;

let temporary: string;
let submission: TestSubmission | undefined;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'left-behind-'));
  mkdirSync(join(temporary, 'results'));
});

afterEach(() => {
  rmSync(temporary, { recursive: true });
  submission?.remove();
});

describe('a grader that is stopped in the middle of grading', () => {
  it.each([
    { signal: 'SIGINT', exitCode: 130 },
    { signal: 'SIGTERM', exitCode: 143 },
    { signal: 'SIGHUP', exitCode: 129 },
  ] as const)(
    'has ended and removed all it began when it exits after $signal',
    async ({ signal, exitCode }) => {
      submission = makeMisbehaving({ programs: { http_serve5: STUBBORN } });
      const grader = startGrading(submission.folder);
      await until(() => countPrograms('http_serve5') >= 2);
      signalTo(grader, signal);
      expect((await grader).exitCode).toBe(exitCode);
      expect(countPrograms()).toBe(0);
      expect(readdirSync(temporary)).toEqual(['results']);
      expect(readdirSync(join(temporary, 'results'))).toEqual([]);
    },
  );

  it('lets its guardian end and remove all it began after SIGKILL', async () => {
    submission = makeMisbehaving({ programs: { http_serve5: STUBBORN } });
    const grader = startGrading(submission.folder);
    await until(() => countPrograms('http_serve5') >= 2);
    signalTo(grader, 'SIGKILL');
    expect((await grader).signal).toBe('SIGKILL');
    await until(() => countPrograms() === 0);
    await until(() => readdirSync(temporary).join() === 'results');
    expect(readdirSync(join(temporary, 'results'))).toEqual([]);
  });

  it('starts no more programs once it is stopped', async () => {
    const stages = ['http_serve1', 'http_serve2', 'http_serve3', 'http_serve4', 'http_serve5'];
    const started = join(temporary, 'started-');
    const mute = (stage: string): Edit[] => [
      [/server\.listen\(.*\);/, 'setTimeout(() => {}, 60_000);'],
      ['const server =', `mkdtempSync('${started}${stage}-');\n  const server =`],
      ['import { createServer', "import { mkdtempSync } from 'node:fs';\nimport { createServer"],
    ];
    const programs = Object.fromEntries(stages.map((stage) => [stage, mute(stage)]));
    submission = makeMisbehaving({ programs });
    const grader = startGrading(submission.folder, '--jobs', '1');
    await until(() => startedPrograms().length > 0);
    signalTo(grader, 'SIGINT');
    expect((await grader).exitCode).toBe(130);
    // One at a time, and each has ten seconds to listen.
    expect(startedPrograms().length).toBeLessThan(stages.length);
    expect(countPrograms()).toBe(0);
  });

  it('leaves an earlier result whole', async () => {
    submission = makeMisbehaving({ programs: {} });
    const args = gradingOf(submission.folder);
    await runCli(args, { env: { TMPDIR: temporary } });
    const whole = readFileSync(join(temporary, 'results/result.json'), 'utf8');
    submission.remove();
    submission = makeMisbehaving({ programs: { http_serve5: STUBBORN } });
    const grader = startGrading(submission.folder);
    await until(() => countPrograms('http_serve5') >= 2);
    signalTo(grader, 'SIGTERM');
    await grader;
    expect(readFileSync(join(temporary, 'results/result.json'), 'utf8')).toBe(whole);
    expect(readdirSync(join(temporary, 'results'))).toEqual(['result.json']);
  });
});

describe('a grading that ends', () => {
  it('leaves nothing but the result that was asked for', async () => {
    submission = makeMisbehaving({ programs: {} });
    await runCli(gradingOf(submission.folder), { env: { TMPDIR: temporary } });
    expect(findProcesses(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual(['results']);
    expect(readdirSync(join(temporary, 'results'))).toEqual(['result.json']);
  });

  it.each([
    {
      what: 'writes into its working directory',
      verdict: /PASS {2}http_serve4/,
      statement: "writeFileSync('notes.txt', 'mine');",
    },
    {
      what: 'deletes its web folder and its own file',
      verdict: /(?:FAIL|OOPS) {2}http_serve4/,
      statement:
        "rmSync('web', { recursive: true }); rmSync(import.meta.dirname, { recursive: true });",
    },
  ])('changes nothing in the folder of a program that $what', async ({ statement, verdict }) => {
    submission = makeMisbehaving({
      programs: {
        http_serve4: [
          ['import { readdirSync', 'import { rmSync, writeFileSync, readdirSync'],
          ['const server =', `${statement}\n  const server =`],
        ],
      },
    });
    mkdirSync(join(submission.folder, 'web'));
    const before = digestTree(submission.folder);
    const { stdout } = await runCli(
      ['grade', 'week02', 'http_serve4', '--from', submission.folder],
      { env: { TMPDIR: temporary } },
    );
    expect(stdout).toMatch(verdict);
    expect(digestTree(submission.folder)).toBe(before);
  });
});

function gradingOf(folder: string): string[] {
  const json = `json=${join(temporary, 'results/result.json')}`;
  return ['grade', 'week02', '--from', folder, '--format', json, '--format', 'terminal'];
}

function startGrading(folder: string, ...options: readonly string[]) {
  return startCli([...gradingOf(folder), ...options], { env: { TMPDIR: temporary } });
}

/** By the system's own call: execa's would send SIGKILL after five seconds, on its own account. */
function signalTo(
  { pid = 0 }: { readonly pid?: number | undefined },
  signal: NodeJS.Signals,
): void {
  process.kill(pid, signal);
}

function startedPrograms(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('started-'));
}

/** The living processes that this test's grader started for a submission. */
function countPrograms(stage = ''): number {
  return findProcesses(`TMPDIR=${temporary}`, 'WIREGRADE_MARK=', `.${stage}`).length;
}

/** Looks again until it is so. @throws Error after half a minute */
async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not within half a minute: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** One word for all that a folder holds: names, modes, times and contents. */
function digestTree(folder: string): string {
  const hash = createHash('sha256');
  for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].sort()) {
    const path = join(folder, name);
    const { mode, mtimeMs, ctimeMs, size } = lstatSync(path);
    hash.update(JSON.stringify([name, mode, mtimeMs, ctimeMs, size]));
    if (lstatSync(path).isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
