import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLab } from '../course/load-lab.ts';
import { solved } from '../testing/class/list-works.ts';
import { makeGrading, type Grading } from '../testing/class/grade-class.ts';
import { IN_TIME, type Fork } from '../testing/class/fork.ts';
import { makeClass, type MadeClass } from '../testing/class/made-class.ts';
import { fullMarks } from '../testing/class/marks.ts';
import { parseBatchRecord } from '../testing/class/rows-parser.ts';
import { until } from '../testing/class/until.ts';
import { whatIsLacking } from '../testing/class/what-is-lacking.ts';
import { LAB, solutions } from '../testing/class/works.ts';
import type { BatchRecord } from '../model/gradebook.ts';

jest.setTimeout(300_000);

const lacking = whatIsLacking();
const withGit = lacking === undefined ? describe : describe.skip;
// Our own solutions are graded: they need no cell, and this tells nothing of cells.
const TRUSTED = ['--sandbox', 'none', '--i-trust-this-code'];

let made: MadeClass;
let grading: Grading;

beforeAll(async () => {
  const lab = await loadLab(LAB);
  const fork = (
    id: string,
    stages: readonly string[],
    files: Fork['commits'][0]['files'],
  ): Fork => ({
    ...{ id, commits: [{ at: IN_TIME, files }], expected: fullMarks(lab, ...stages) },
  });
  const all = lab.stages.map(({ id }) => id);
  made = makeClass([
    fork('ann', all, solutions()),
    fork('bob', ['echo_server'], solved('echo_server')),
    fork('cid', ['http_serve1'], solved('http_serve1')),
  ]);
  grading = makeGrading(made);
});

afterAll(() => {
  made.remove();
  grading.remove();
});

withGit(`a batch that was graded${lacking === undefined ? '' : ` (skipped: ${lacking})`}`, () => {
  beforeAll(async () => {
    expect((await grading.run(...TRUSTED)).exitCode).toBe(0);
  });

  test.each([
    { words: ['all'], graded: ['ann', 'bob', 'cid'] },
    { words: ['failed'], graded: ['bob', 'cid'] },
    { words: ['broken'], graded: [] },
    { words: ['cid'], graded: ['cid'] },
    { words: ['bob', 'cid'], graded: ['bob', 'cid'] },
  ])(
    'grades $graded anew by --again $words, tells old and new, and keeps history',
    async ({ words, graded }) => {
      const before = new Map(['ann', 'bob', 'cid'].map((id) => [id, recordOf(id)]));
      const { exitCode, stdout } = await grading.run(
        ...TRUSTED,
        ...words.flatMap((word) => ['--again', word]),
      );
      expect(exitCode).toBe(0);
      for (const [id, { gradedAt, history }] of before) {
        const line = stdout.split('\n').find((each) => each.includes(` ${id} `)) ?? '';
        const again = graded.includes(id);
        expect(line).toMatch(again ? /\(\d+ -> \d+\)$/ : /\(unchanged\)$/);
        const now = recordOf(id);
        expect(now.history.slice(0, -1)).toEqual(again ? history : history.slice(0, -1));
        expect(now.history.at(-1)?.gradedAt).toBe(again ? gradedAt : history.at(-1)?.gradedAt);
      }
      expect(grading.rows()).toEqual(made.rows);
    },
  );

  test('keeps a grade when the repository cannot be reached, and exits with 3', async () => {
    const place = made.repositoryOf('bob');
    const result = readFileSync(join(grading.out, 'results/bob.json'), 'utf8');
    const row = grading.rows()[1];
    const { gradedAt, history } = recordOf('bob');
    renameSync(place, `${place}-away`);
    try {
      for (const words of [[], ['--again', 'all']]) {
        const { exitCode, stdout } = await grading.run(...TRUSTED, ...words);
        expect(exitCode).toBe(3);
        expect(stdout).toMatch(/ bob +broken: /);
        expect(grading.rows()[1]).toEqual({ ...row, status: 'graded before' });
        expect(readFileSync(join(grading.out, 'results/bob.json'), 'utf8')).toBe(result);
      }
    } finally {
      renameSync(`${place}-away`, place);
    }
    const { exitCode, stdout } = await grading.run(...TRUSTED);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ bob .*\(unchanged\)/);
    expect(recordOf('bob')).toMatchObject({ gradedAt, history });
    expect(grading.rows()).toEqual(made.rows);
  });

  test('keeps a grade where this machine lacks the interpreter, and exits with 3', async () => {
    const before = grading.rows();
    const missing = ['--runtime', 'ts=/nowhere/node', '--again', 'all'];
    const { exitCode, stdout } = await grading.run(...TRUSTED, ...missing);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/ bob +broken: .*\/nowhere\/node, which is not installed here/);
    expect(grading.rows()).toEqual(before.map((row) => ({ ...row, status: 'graded before' })));
    expect((await grading.run(...TRUSTED)).exitCode).toBe(0);
    expect(grading.rows()).toEqual(made.rows);
  });

  test('grades anew what another --runtime may run otherwise', async () => {
    const { stdout } = await grading.run(...TRUSTED, '--runtime', `ts=${process.execPath}`);
    expect(stdout).not.toContain('(unchanged)');
    const { stdout: repeated } = await grading.run(...TRUSTED);
    expect(repeated).not.toContain('(unchanged)');
    expect(grading.rows()).toEqual(made.rows);
  });

  test('goes on with --again where it was stopped', async () => {
    const words = ['--again', 'bob', '--again', 'ann'];
    const batch = grading.start(...TRUSTED, ...words);
    await until(() => lastEvents().slice(-1)[0] === 'recorded');
    process.kill(batch.pid ?? 0, 'SIGINT');
    expect((await batch).exitCode).toBe(130);
    const ann = recordOf('ann');
    const { exitCode, stdout } = await grading.run(...TRUSTED, ...words);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ ann .*\(unchanged\)/);
    expect(stdout).toMatch(/ bob .*\(5 -> 5\)/);
    expect(recordOf('ann')).toEqual(ann);
  });

  test('is refused a second time while it runs', async () => {
    const batch = grading.start(...TRUSTED, '--again', 'all');
    const lock = join(grading.out, 'running');
    await until(() => existsSync(lock) && readFileSync(lock, 'utf8') !== '');
    const { exitCode, stderr } = await grading.run(...TRUSTED);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`another batch, process ${String(batch.pid)}, is writing to`);
    expect((await batch).exitCode).toBe(0);
  });

  test('goes on although a lock names a process that has gone, or another that has its number', async () => {
    for (const owner of ['4194304 1', `${String(process.pid)} 1`]) {
      writeFileSync(join(grading.out, 'running'), `${owner}\n`);
      expect((await grading.run(...TRUSTED)).exitCode).toBe(0);
    }
  });
});

function recordOf(id: string): BatchRecord {
  return parseBatchRecord(readFileSync(join(grading.out, 'records', `${id}.json`), 'utf8'));
}

function lastEvents(): string[] {
  const lines = readFileSync(join(grading.out, 'journal.jsonl'), 'utf8').split('\n');
  return lines.flatMap((line) => /"event":"(\w+)"/.exec(line)?.[1] ?? []);
}
