import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../testing/cli.ts';
import { makeCourse, type TestCourse } from '../testing/course.ts';
import { findProcesses } from '../testing/misbehaving/processes.ts';

const PROOFS = 'solutions/week04/proofs/proofs.ts';
const CHECKS = 'labs/week04/greeter/checks.ts';

describe('verify, of a lab that does not hold together,', () => {
  let course: TestCourse;
  let report: string;
  beforeAll(async () => {
    course = makeCourse();
    await course.run('new-lab', 'week04');
    // A mutant that no check sees, and one whose text is gone from the solution.
    course.edit(PROOFS, "edit: [['listen(PORT,', 'listen(0,']],", "edit: [['hello', 'good day']],");
    course.edit(
      PROOFS,
      "[['export function', 'function']]",
      "[['export function', 'export function']]",
    );
    // An equivalent that is wrong, and one of no stage.
    course.edit(PROOFS, 'line.slice(4)', 'line.slice(5)');
    course.edit(
      PROOFS,
      "name: 'talks a lot on its console',\n    stage: 'greeter'",
      "name: 'x',\n    stage: 'parting'",
    );
    course.edit(CHECKS, "'It takes a name and returns the whole line, CR LF too.'", "' '");
    course.edit(CHECKS, "rfc(9293, '3.4', 'Sequence Numbers')", "rfc(9293, 'Sequence', '')");
    course.edit(CHECKS, 'pieces, nextClient, ', 'pieces, ');
    course.edit(
      'solutions/week04/greeter/greeter.ts',
      '// greeter: answers',
      '// greeter, answers',
    );
    course.write('labs/week04/greeter/notes.txt', 'To do.\n');
    course.write('solutions/week04/greeter/old.ts', '');
    const { exitCode, stdout } = await course.run('verify', 'week04', '--seed', '7');
    expect(exitCode).toBe(1);
    report = stdout.replaceAll(/\s+/g, ' ');
  });
  afterAll(() => {
    course.remove();
  });

  test.each([
    [
      'a mutant that survives',
      'expected greeter/greet: no-such-function found nothing: every check passed again npm run verify week04',
    ],
    ['an edit that does not apply', 'the edit of hello does not apply: it stands there 0 times'],
    ['a right program that fails', 'found greeter/greets: body-differs'],
    ['how to see it again', "-- --only 'greeter writes the greeting in two pieces' --seed 7"],
    ['a program of no stage', '"x" is of parting, which is no stage'],
    ['a mutant of no check', 'a mutant fails greeter/next-client, which the lab does not have'],
    ['a check that is not listed', 'greeter defines the check next-client and does not list it'],
    ['an empty hint', 'greeter/greet has an empty hint'],
    [
      'a link to no section',
      'greeter/pieces links to https://www.rfc-editor.org/rfc/rfc9293#section-Sequence',
    ],
    ['a section without its title', "greeter/pieces names an RFC's section without its title"],
    ['a stray file of the lab', 'labs/week04/greeter/notes.txt belongs to no stage'],
    ['a stray file of the solutions', 'solutions/week04/greeter/old.ts belongs to no stage'],
    ['a starter out of step', 'labs/week04/greeter/greeter.ts is not what the solutions make it'],
    ['that it does not hold', 'It does not hold: 11 gradings of 11 programs'],
  ])('tells %s', (_, text) => {
    expect(report).toContain(text);
  });
});

describe('verify', () => {
  let course: TestCourse;
  let temporary: string;
  beforeEach(async () => {
    course = makeCourse();
    temporary = join(course.folder, 'temporary');
    mkdirSync(temporary);
    await course.run('new-lab', 'week04');
  });
  afterEach(() => {
    course.remove();
  });

  test('tells a check that no mutant fails, and a diagnosis that none brings about', async () => {
    rmSync(join(course.folder, 'labs/week02'), { recursive: true });
    course.edit(PROOFS, "fails: ['next-client']", "fails: ['greets']");
    const { exitCode, stdout } = await course.run('verify', '--only', 'untouched starters');
    expect(stdout).toContain('greeter/next-client is failed by 0 mutants; 1 must fail it');
    expect(stdout).toContain('no mutant of this course is diagnosed as latin1-body');
    expect(exitCode).toBe(1);
  });

  test('tells a program whose verdict depends on the seed, with its seeds', async () => {
    course.edit(
      PROOFS,
      "name: 'talks a lot on its console'",
      "name: 'is rude to some',\n    stage: 'greeter',\n    edit: [[WRITE, \"if (name > 'f') socket.write(greet(name))\"]],\n  },\n  {\n    name: 'talks'",
    );
    const only = ['--only', 'is rude to some', '--repeat', '4', '--seed', '1', '--load'];
    const { exitCode, stdout } = await course.run('verify', 'week04', ...only);
    expect(stdout).toContain('4 gradings of 1 program, verdicts changed: 1');
    expect(stdout).toMatch(/seeds {5}[1-4](?:, [1-4]){0,2} of 4 gradings/);
    expect(exitCode).toBe(1);
  });

  test('has ended and removed all it began when it is interrupted', async () => {
    const verify = course.start({ TMPDIR: temporary }, 'verify', 'week02', '--only', 'never');
    await until(() => findProcesses(temporary, 'PORT=').length > 2);
    verify.kill('SIGINT');
    expect((await verify).exitCode).toBe(130);
    expect(findProcesses(temporary, 'PORT=')).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !holds();) {
    if (performance.now() > end) throw new Error(`${String(holds)} does not come true`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('verify refuses', () => {
  test.each([
    [['verify', 'week99'], 'there is no lab "week99"'],
    [['verify', 'week02', '--repeat', '0'], '--repeat 0 is not a whole number from 1'],
    [
      ['verify', 'week02', '--only', 'no such program'],
      'no program of week02 has "no such program" in its name',
    ],
  ])('%j', async (args, message) => {
    const { exitCode, stderr } = await runCli(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
