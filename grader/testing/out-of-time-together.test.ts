import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from '../lab/proofs.ts';
import { startCli } from './cli.ts';
import { failuresOf, gradeTest } from './grade.ts';
import { listAskedAgain, makeMemory, pageServer, type Memory } from './late-programs.ts';
import { findProcesses } from './misbehaving/processes.ts';
import { editSolution, makeSubmission, type TestSubmission } from './submission.ts';

jest.setTimeout(120_000);

let memory: Memory;
let submission: TestSubmission | undefined;
beforeEach(() => {
  memory = makeMemory();
});
afterEach(() => {
  memory.remove();
  submission?.remove();
});

describe('programs side by side', () => {
  test('that are silent both fail, and a right one beside them passes', async () => {
    submission = makeSubmission({
      'http_serve1/http_serve1.cjs': pageServer(memory, ''),
      'http_serve2/http_serve2.cjs': pageServer(memory, ''),
      'http_serve3/http_serve3.cjs': pageServer(memory, 'answer();'),
      'http_serve4/http_serve4.cjs': pageServer(memory, '', ''),
    });
    const stages = await gradeTest(submission.folder, [
      'http_serve1',
      'http_serve2',
      'http_serve3',
      'http_serve4',
    ]);
    expect(failuresOf(stages)).toEqual(
      expect.arrayContaining([
        'http_serve1/html: silent',
        'http_serve2/status-line: silent',
        'http_serve3/still-answers: no-status-line',
        'http_serve4/listens-where-told: never-listened',
      ]),
    );
    // Of those that ran out of time one is asked again at least; that may be enough.
    const again = listAskedAgain(stages);
    expect(again).toContain('http_serve4/listens-where-told: never-listened');
    expect(again.filter((each) => /: (?:silent|not-logged)$/.test(each))).not.toEqual([]);
  });

  test('wait while one of them is asked alone, one that rested for the clock as well', async () => {
    const noted = (edits: readonly Edit[]): readonly Edit[] => [
      ['import { readdirSync', 'import { appendFileSync, readdirSync'],
      [
        'function respond(request: string): Buffer {',
        `function respond(request: string): Buffer {\n  appendFileSync('${memory.folder}/notes', 'other\\n');`,
      ],
      ...edits,
    ];
    // The one rests when the other's three seconds are over; the next is asked one thing after another.
    const resting = editSolution(
      'athome',
      noted([['server.listen(PORT, HOST,', 'setTimeout(() => server.listen(PORT, HOST), 2700,']]),
    );
    const busy = editSolution(
      'http_serve5',
      noted([
        ['socket.end(respond(request));', 'setTimeout(() => socket.end(respond(request)), 300);'],
      ]),
    );
    submission = busy;
    cpSync(resting.folder, busy.folder, { recursive: true });
    resting.remove();
    const silentOnce = pageServer(
      memory,
      `if (first('silent')) return;
       note('begin');
       setTimeout(() => { note('end'); answer(); }, 1500);`,
    );
    mkdirSync(join(submission.folder, 'http_serve1'));
    writeFileSync(join(submission.folder, 'http_serve1/http_serve1.cjs'), silentOnce);
    const stages = await gradeTest(submission.folder, ['http_serve1', 'http_serve5', 'athome']);
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve1/html: silent']);
    const [begin, end] = [memory.notes().indexOf('begin'), memory.notes().indexOf('end')];
    expect(begin).toBeGreaterThanOrEqual(0);
    expect(end).toBe(begin + 1);
    expect(memory.notes().slice(0, begin)).toContain('other');
    expect(memory.notes().slice(end)).toContain('other');
  });

  test('are graded where the clock is waited for by one that is silent otherwise', async () => {
    submission = editSolution('athome', [
      [
        'const path = decodePath(uri);',
        "const path = decodePath(uri);\n  if (path === '/') for (;;);",
      ],
    ]);
    const stages = await gradeTest(submission.folder, ['athome']);
    expect(failuresOf(stages)).toContain('athome/html-listing: silent');
    expect(failuresOf(stages)).not.toContainEqual(expect.stringContaining('time-page'));
    expect(stages[0]?.checks).toContainEqual(
      expect.objectContaining({
        id: 'athome/time-page',
        outcome: expect.objectContaining({ status: 'passed' }),
      }),
    );
  });
});

test('nothing is left where the grading is stopped while one is asked alone', async () => {
  const silent = pageServer(memory, "note('asked');");
  submission = makeSubmission({
    'http_serve1/http_serve1.cjs': silent,
    'http_serve2/http_serve2.cjs': silent,
  });
  const temporary = join(memory.folder, 'temporary');
  mkdirSync(temporary);
  const stages = ['http_serve1', 'http_serve2'];
  const args = ['grade', 'week02', ...stages, '--from', submission.folder];
  const grader = startCli(args, { env: { TMPDIR: temporary } });
  // Both once, and then one of them again.
  while (memory.notes().length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  process.kill(grader.pid ?? 0, 'SIGINT');
  expect((await grader).exitCode).toBe(130);
  expect(findProcesses(temporary)).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
  expect(memory.notes()).toHaveLength(3);
});
