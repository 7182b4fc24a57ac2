import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execaSync } from 'execa';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { dropRoot, type CliRun } from '../../testing/cli.ts';
import { makeCourse, type TestCourse } from '../../testing/course.ts';
import { replyProgram } from '../../testing/reply-program.ts';
import { makeSubmission } from '../../testing/submission.ts';

const RIGHT = "socket.end('HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n' + page)";

const BARE_LF = RIGHT.replace('200 OK\\r\\n', '200 OK\\n');
const WRONG_TYPE = RIGHT.replace('text/html', 'text/plain');

let course: TestCourse;
beforeAll(() => {
  course = makeCourse();
});
afterAll(() => {
  course.remove();
});
beforeEach(() => {
  rmSync(join(course.folder, '.wiregrade'), { recursive: true, force: true });
});

const historyFile = (): string => join(course.folder, '.wiregrade/history.jsonl');

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> {
  const { exitCode, stdout, stderr } = await course.start({ CI: '', ...env }, ...args);
  return { exitCode, stdout, stderr };
}

/** Grades http_serve2 in the course's own labs, with this reply. */
function grade(reply: string, ...more: readonly string[]): Promise<CliRun> {
  course.write('labs/week02/http_serve2/http_serve2.cjs', replyProgram(reply));
  return run(['grade', 'week02', 'http_serve2', '--brief', ...more]);
}

const SINCE = /Since your last run: \d+ fixed, \d+ broken\./;
const sinceOf = ({ stdout }: CliRun): string | undefined => SINCE.exec(stdout)?.[0];

describe('the sum', () => {
  test('says nothing of a first run, nor where nothing changed', async () => {
    expect(sinceOf(await grade(WRONG_TYPE))).toBeUndefined();
    expect(sinceOf(await grade(WRONG_TYPE))).toBeUndefined();
  });

  test('tells how many checks were fixed and how many broken since the last run', async () => {
    await grade(WRONG_TYPE);
    expect(sinceOf(await grade(RIGHT))).toBe('Since your last run: 1 fixed, 0 broken.');
    expect(sinceOf(await grade(WRONG_TYPE))).toBe('Since your last run: 0 fixed, 1 broken.');
  });

  test('compares what was asked both times, and not what was skipped', async () => {
    await grade(WRONG_TYPE);
    // All that builds on the status line is skipped now.
    expect(sinceOf(await grade(BARE_LF))).toBe('Since your last run: 0 fixed, 1 broken.');
  });

  test('compares a check with the last time that it was asked, whatever was run since', async () => {
    await grade(WRONG_TYPE);
    await run(['grade', 'week02', 'echo_server', '--brief']);
    expect(sinceOf(await grade(RIGHT))).toBe('Since your last run: 1 fixed, 0 broken.');
  });

  test('ends with that', async () => {
    await grade(WRONG_TYPE);
    const { stdout } = await grade(RIGHT);
    expect(stdout).toMatch(/\n\d+\/8 checks, .*\sSince your last run: 1 fixed, 0 broken\.$/);
  });
});

describe('nothing is compared and nothing kept', () => {
  test.each<[string, readonly string[], Record<string, string>]>([
    ['with --no-history', ['--no-history'], {}],
    ['in a pipeline', [], { CI: 'true' }],
    ['for the solutions', ['--solutions'], {}],
  ])('%s', async (_, args, env) => {
    await run(['grade', 'week02', 'echo_server', ...args], env);
    expect(existsSync(historyFile())).toBe(false);
  });

  test('for work that lies elsewhere', async () => {
    const other = makeSubmission({ 'http_serve2/http_serve2.cjs': replyProgram(RIGHT) });
    try {
      await run(['grade', 'week02', 'http_serve2', '--from', other.folder]);
      expect(existsSync(historyFile())).toBe(false);
      expect(readdirSync(other.folder)).toEqual(['http_serve2']);
    } finally {
      other.remove();
    }
  });

  test('of a submission for another one', async () => {
    await grade(WRONG_TYPE);
    const copy = join(course.folder, 'labs/week02-copy');
    cpSync(join(course.folder, 'labs/week02'), copy, { recursive: true });
    writeFileSync(join(copy, 'http_serve2/http_serve2.cjs'), replyProgram(RIGHT));
    try {
      const args = ['grade', 'week02', 'http_serve2', '--from', copy];
      expect(sinceOf(await run(args))).toBeUndefined();
      writeFileSync(join(copy, 'http_serve2/http_serve2.cjs'), replyProgram(WRONG_TYPE));
      expect(sinceOf(await run(args))).toBe('Since your last run: 0 fixed, 1 broken.');
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});

describe('the file', () => {
  test('is read as far as it is whole, and mended', async () => {
    await grade(WRONG_TYPE);
    const [line = ''] = readFileSync(historyFile(), 'utf8').split('\n');
    const told = '"told":[{"check":"http_serve2/status-line","code":"lf-only","level":-7}]';
    const deep = line.replace('"told":[]', told);
    expect(deep).not.toBe(line);
    const damage = [line.slice(0, 30), '{"lab":1}', 'null', '\u0000\u001b[2J', '[]', deep].join(
      '\n',
    );
    writeFileSync(historyFile(), `${damage}\n${line}\n${damage}`);
    const mended = await grade(RIGHT);
    expect(mended).toMatchObject({ stderr: '' });
    expect(sinceOf(mended)).toBe('Since your last run: 1 fixed, 0 broken.');
    expect(readFileSync(historyFile(), 'utf8').trim().split('\n')).toHaveLength(2);
  });

  test('is begun anew where it is far too large', async () => {
    mkdirSync(join(course.folder, '.wiregrade'));
    writeFileSync(historyFile(), 'x'.repeat(2_000_000));
    expect(await grade(RIGHT)).toMatchObject({ stderr: '' });
    expect(readFileSync(historyFile(), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  test('keeps a bounded number of runs', async () => {
    await grade(RIGHT);
    const line = readFileSync(historyFile(), 'utf8');
    writeFileSync(historyFile(), line.repeat(200));
    await grade(RIGHT);
    expect(readFileSync(historyFile(), 'utf8').trim().split('\n')).toHaveLength(50);
  });

  test('is whole after many graders at once, and nothing is left beside it', async () => {
    course.write('labs/week02/http_serve2/http_serve2.cjs', replyProgram(RIGHT));
    const args = ['grade', 'week02', 'http_serve2', '--brief'];
    const runs = await Promise.all(Array.from({ length: 4 }, () => run(args)));
    for (const each of runs) expect(each.stderr).toBe('');
    const lines = readFileSync(historyFile(), 'utf8').trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ lab: 'week02' });
    expect(readdirSync(join(course.folder, '.wiregrade'))).toEqual(['history.jsonl']);
  });

  test('is done without where a link leads to another file, which stays as it is', async () => {
    mkdirSync(join(course.folder, '.wiregrade'));
    course.write('precious.txt', 'precious\n');
    symlinkSync('../precious.txt', historyFile());
    expect(await grade(WRONG_TYPE)).toMatchObject({ stderr: '', exitCode: 1 });
    expect(readFileSync(join(course.folder, 'precious.txt'), 'utf8')).toBe('precious\n');
  });

  test('is done without where its place is taken by something else', async () => {
    writeFileSync(join(course.folder, '.wiregrade'), 'a file');
    const graded = await grade(WRONG_TYPE);
    expect(graded).toMatchObject({ stderr: '', exitCode: 1 });
    expect(graded.stdout).toContain('/8 checks');
  });

  const somebody = dropRoot();
  (somebody ? test : test.skip)(
    `is done without where it may not be written${somebody ? '' : ' (skipped: no setpriv)'}`,
    () => {
      const folder = join(course.folder, '.wiregrade');
      mkdirSync(folder);
      course.write('labs/week02/http_serve2/http_serve2.cjs', replyProgram(WRONG_TYPE));
      chmodSync(folder, 0o555);
      chmodSync(course.folder, 0o755);
      const [command = process.execPath, ...args] = [
        ...(somebody ?? []),
        ...[process.execPath, join(course.folder, 'grader/launch.mjs')],
        ...['grade', 'week02', 'http_serve2'],
      ];
      const { stderr, stdout } = execaSync(command, args, {
        reject: false,
        cwd: course.folder,
        env: { CI: '', HOME: '/nonexistent', npm_lifecycle_event: 'grade' },
      });
      expect(stderr).toBe('');
      expect(stdout).toContain('/8 checks');
      expect(stdout).toContain('npm run hint week02 http_serve2 -- --level 2\n');
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
