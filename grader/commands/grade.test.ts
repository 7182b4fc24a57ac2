import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { solutionsFolder } from '../course/project.ts';
import { readBytes } from '../model/bytes.ts';
import { gradeJson, runCli } from '../testing/cli.ts';
import { parseResult } from '../testing/result-parser.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

const PASSING = solutionsFolder('week02');

/** Answers everything with a head whose lines end with LF alone. */
const LF_ONLY = `
const { createServer } = require('node:net');
createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', () => socket.end('HTTP/1.1 200 OK\\nContent-Type: text/html\\n\\nhi'));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

let failing: TestSubmission;
beforeAll(() => {
  failing = makeSubmission({
    'http_serve2/http_serve2.cjs': LF_ONLY,
    'http_serve4/http_serve4.cjs': LF_ONLY.replaceAll('\\n', '\\r\\n'),
  });
});
afterAll(() => {
  failing.remove();
});

function grade(...args: string[]) {
  return runCli(['grade', 'week02', ...args]);
}

describe('the exit code', () => {
  test('is 0 where all required checks passed', async () => {
    const run = await grade('http_serve2', '--from', PASSING);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('PASS  http_serve2');
  });

  test('is 1 where a required check failed', async () => {
    const run = await grade('http_serve2', '--from', failing.folder);
    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
    expect(run.stdout).toContain('FAIL  http_serve2');
  });
});

describe('the report', () => {
  test('shows the first failure with its bytes, and says how the others are shown', async () => {
    const { stdout } = await grade('http_serve2', '--from', failing.folder);
    expect(stdout).toContain('http_serve2/status-line');
    expect(stdout).toContain('[lf-only]');
    expect(stdout).toContain('byte 15 is 0a; 0d 0a was expected');
    expect(stdout).not.toContain('http_serve2/ok-response');
    expect(stdout).toContain(`npm run grade week02 http_serve2 -- --from ${failing.folder} --all`);
    expect(stdout).toMatch(/^ {6}shows the other (one|\d+) that failed$/m);
    expect(stdout).not.toContain('the other 1 ');
  });

  test('shows every failure with --all', async () => {
    const { stdout } = await grade('http_serve2', '--from', failing.folder, '--all');
    expect(stdout).toContain('[lf-only]');
    expect(stdout).toContain('http_serve2/ok-response');
    expect(stdout).not.toContain('shows the other');
  });

  test('is the table and the sum alone with --brief', async () => {
    const { stdout } = await grade('http_serve2', '--from', failing.folder, '--brief');
    expect(stdout).toMatch(/^week02: .*\n\n {2}FAIL {2}http_serve2 .*\n\n\d+\/8 checks, .*$/);
  });

  test('goes to a file and to stdout at once', async () => {
    const file = join(failing.folder, 'result.json');
    const formats = ['--format', `json=${file}`, '--format', 'terminal'];
    const { stdout, exitCode } = await grade('http_serve2', '--from', failing.folder, ...formats);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('[lf-only]');
    expect(parseResult(readFileSync(file, 'utf8')).points).toMatchObject({ possible: 15 });
  });

  test('is a page that stands alone with --format html=FILE', async () => {
    const file = join(failing.folder, 'report.html');
    const formats = ['--format', `html=${file}`];
    const { stdout, exitCode } = await grade('http_serve2', '--from', failing.folder, ...formats);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    expect(page).toContain('S (&lt;--): </span>HTTP/1.1 200 OK<span class="wrong">&lt;LF&gt;');
    expect(page).toContain(`npm run grade week02 http_serve2 -- --from ${failing.folder}`);
  });

  test('names options without the dashes of npm where npm is not used', async () => {
    const options = { env: { npm_lifecycle_event: undefined } };
    const args = ['grade', 'week02', 'http_serve2', '--from', failing.folder];
    const { stdout } = await runCli(args, options);
    const command = `npx wiregrade grade week02 http_serve2 --from ${failing.folder} --all`;
    expect(stdout).toContain(command);
  });
});

describe('colours', () => {
  const coloured = '\u001b[';
  const args = ['grade', 'week02', 'http_serve2', '--from', PASSING];

  test('are left out where stdout is no terminal', async () => {
    const { stdout } = await runCli(args, { env: { NO_COLOR: undefined } });
    expect(stdout).not.toContain(coloured);
  });

  test('are shown where FORCE_COLOR asks for them', async () => {
    const { stdout } = await runCli(args, { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } });
    expect(stdout).toContain(coloured);
  });

  test.each([
    { NO_COLOR: '1', FORCE_COLOR: '1' },
    { NO_COLOR: undefined, FORCE_COLOR: '0' },
    { NO_COLOR: undefined, CI: 'true' },
  ])('are left out of a pipe with %j', async (env) => {
    const { stdout } = await runCli(args, { env });
    expect(stdout).not.toContain(coloured);
  });

  test('never get into a file', async () => {
    const file = join(failing.folder, 'report.txt');
    const env = { NO_COLOR: undefined, FORCE_COLOR: '1' };
    await runCli([...args, '--format', `terminal=${file}`], { env });
    expect(readFileSync(file, 'utf8')).toContain('PASS');
    expect(readFileSync(file, 'utf8')).not.toContain(coloured);
  });
});

describe('--only', () => {
  const from = ['--from', PASSING];

  test.each(['header-lines', 'http_serve2/header-lines'])(
    'asks %s and what it builds on, and nothing else',
    async (only) => {
      const { result } = await gradeJson(['week02', 'http_serve2', '--only', only, ...from]);
      const asked = result.stages.flatMap(({ checks }) => checks.map(({ id }) => id));
      expect(asked).toEqual(['http_serve2/status-line', 'http_serve2/header-lines']);
    },
  );

  test('finds a check in whichever stages have it', async () => {
    const { result } = await gradeJson(['week02', '--only', 'next-client', ...from]);
    expect(result.stages.map(({ id }) => id)).toEqual(['echo_server', 'http_serve1']);
  });

  test('finds a check of a stage by its full id where no stage is named', async () => {
    const only = 'http_serve1/next-client';
    const { result } = await gradeJson(['week02', '--only', only, ...from]);
    expect(result.stages.map(({ id }) => id)).toEqual(['http_serve1']);
  });
});

describe('--seed', () => {
  /** The names that a listing should have shown, the planted ones among them. */
  async function namesPlanted(...args: string[]): Promise<string[]> {
    const only = ['--only', 'lists-root', '--from', failing.folder];
    const { result } = await gradeJson(['week02', 'http_serve4', ...only, ...args]);
    const outcome = result.stages[0]?.checks[0]?.outcome;
    const expected = outcome?.status === 'failed' ? outcome.diagnosis.expected : undefined;
    return expected ? readBytes(expected.bytes).toString().split('\n').sort() : [];
  }

  test('plants the same names again, and the result tells the seed', async () => {
    const { result } = await gradeJson(['week02', 'http_serve4', '--from', failing.folder]);
    const seed = String(result.seed);
    const [first, again] = [await namesPlanted('--seed', seed), await namesPlanted('--seed', seed)];
    expect(first.length).toBeGreaterThan(5);
    expect(again).toEqual(first);
  });

  test('plants other names where another one is given, or none', async () => {
    const [one, two] = [await namesPlanted('--seed', '1'), await namesPlanted('--seed', '2')];
    const [some, others] = [await namesPlanted(), await namesPlanted()];
    expect(new Set([one, two, some, others].map(String)).size).toBe(4);
  });
});

describe('--runtime', () => {
  test('runs programs of an extension by a command, whatever characters its path has', async () => {
    const folder = join(failing.folder, 'a folder');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'my node');
    const script = `#!/bin/sh\nexec '${process.execPath}' "$@"\n`;
    const own = makeSubmission({ 'http_serve2/http_serve2.foo': LF_ONLY });
    try {
      writeFileSync(file, script, { mode: 0o755 });
      const run = ['week02', 'http_serve2', '--from', own.folder, '--runtime', `foo=${file}`];
      const { outcomesOf, result } = await gradeJson(run);
      expect(result.stages[0]).toMatchObject({ program: 'http_serve2/http_serve2.foo' });
      expect(outcomesOf('failed')).toContain('http_serve2/status-line: lf-only');
    } finally {
      own.remove();
    }
  });
});

describe('what is graded', () => {
  test('is the lab in this project where --from is not given', async () => {
    const { result } = await gradeJson(['week02', 'echo_server']);
    expect(result.submission).toMatchObject({ id: 'week02', path: 'labs/week02' });
  });

  test('is not changed by grading', async () => {
    const before = readFileSync(join(PASSING, 'http_serve2/http_serve2.ts'));
    const { result } = await gradeJson(['week02', 'http_serve2', '--from', PASSING]);
    expect(result.points).toMatchObject({ earned: 15, bonusEarned: 2 });
    expect(readFileSync(join(PASSING, 'http_serve2/http_serve2.ts'))).toEqual(before);
  });
});
