import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, type CliRun } from '../testing/cli.ts';
import { makeCourse, type TestCourse } from '../testing/course.ts';
import { replyProgram } from '../testing/reply-program.ts';
import { editSolution } from '../testing/submission.ts';

const PLACE = 'labs/week02/http_serve1/http_serve1.cjs';

const WRONG = "socket.end('something else')";
const RIGHT = 'socket.end(page)';
const WRONG_OTHERWISE = "socket.end(page.toString('utf8').replaceAll('\\n', '\\r\\n'))";

let course: TestCourse;
beforeAll(() => {
  course = makeCourse();
});
afterAll(() => {
  course.remove();
});
beforeEach(() => {
  rmSync(join(course.folder, '.wiregrade'), { recursive: true, force: true });
  course.write(PLACE, replyProgram(WRONG));
});

async function run(...args: readonly string[]): Promise<CliRun> {
  const { exitCode, stdout, stderr } = await course.start({ CI: '' }, ...args);
  return { exitCode, stdout, stderr };
}

/** The numbers of the hints that were shown. */
const levelsOf = ({ stdout }: CliRun): string[] => stdout.match(/\d(?= of 3: )/g) ?? [];

describe('hint', () => {
  test('says what is wrong, gives the first hint, and that it costs nothing', async () => {
    const { stdout, stderr, exitCode } = await run('hint', 'week02');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/^http_serve1\/html: .*\[body-differs\]\n\n {2}What came back is not/);
    expect(stdout).toContain('  hint  1 of 3: What does your program write');
    expect(stdout).not.toContain('2 of 3');
    expect(stdout).toMatch(
      /next {2}npm run hint week02\n {6}shows one more\. Hints cost nothing\./,
    );
  });

  test('names the line in which the program crashed', async () => {
    course.write(PLACE, replyProgram("{ throw new Error('no luck'); }"));
    const drawn = await run('hint', 'week02');
    expect(drawn.stdout).toMatch(/\[crashed\]\n\n {2}Your program ended with exit code 1 /);
    expect(drawn.stdout).toMatch(
      /^ {2}in labs\/week02\/http_serve1\/http_serve1\.cjs:\d+:\d+\n.*'no luck'/m,
    );
    const { stdout } = await run('hint', 'week02', '--plain');
    expect(stdout).toMatch(/^in http_serve1\/http_serve1\.cjs, line \d+, column \d+$/m);
  });

  test('goes one deeper each time it is asked, and stops at the third', async () => {
    expect(levelsOf(await run('hint', 'week02'))).toEqual(['1']);
    expect(levelsOf(await run('hint', 'week02'))).toEqual(['1', '2']);
    expect(levelsOf(await run('hint', 'week02', 'http_serve1'))).toEqual(['1', '2', '3']);
    const last = await run('hint', 'week02', 'http_serve1/html');
    expect(levelsOf(last)).toEqual(['1', '2', '3']);
    expect(last.stdout).toContain('next  npm run grade week02 http_serve1\n');
    expect(last.stdout).toContain('This was the last hint');
  });

  test('goes on from the hint that grade has shown', async () => {
    const { stdout } = await run('grade', 'week02', 'http_serve1');
    expect(stdout).toContain('hint  1 of 3');
    expect(stdout).toMatch(/next {2}npm run grade week02 http_serve1 {8}npm run hint week02 /);
    expect(levelsOf(await run('hint', 'week02', 'http_serve1'))).toEqual(['1', '2']);
  });

  test('begins anew where the check fails for another reason, or has passed since', async () => {
    await run('hint', 'week02', '--level', '3');
    course.write(PLACE, replyProgram(WRONG_OTHERWISE));
    const other = await run('hint', 'week02');
    expect(other.stdout).toContain('[newline-translated]');
    expect(levelsOf(other)).toEqual(['1']);
    course.write(PLACE, replyProgram(RIGHT));
    await run('grade', 'week02', 'http_serve1');
    course.write(PLACE, replyProgram(WRONG_OTHERWISE));
    expect(levelsOf(await run('hint', 'week02'))).toEqual(['1']);
  });

  test('goes as deep as --level says', async () => {
    expect(levelsOf(await run('hint', 'week02', '--level', '2'))).toEqual(['1', '2']);
    expect(levelsOf(await run('hint', 'week02', '--level', '1'))).toEqual(['1']);
  });

  test('takes no points and swallows no news', async () => {
    await run('grade', 'week02', 'http_serve1');
    course.write(PLACE, replyProgram(RIGHT));
    await run('hint', 'week02');
    const { stdout } = await run('grade', 'week02', 'http_serve1');
    expect(stdout).toContain('4/4 checks, 10/10 points');
    expect(stdout).toContain('Since your last run: 1 fixed, 0 broken.');
  });

  test('says so where nothing fails, and where to go on', async () => {
    course.write(PLACE, replyProgram(RIGHT));
    const { stdout, exitCode } = await run('hint', 'week02', 'http_serve1');
    expect(exitCode).toBe(0);
    expect(stdout).toBe('Nothing failed: 4 of 4 checks passed, and no hint is needed.');
    expect((await run('hint', 'week02')).stdout).toContain('next  npm run grade week02\n');
  });

  test('says of what is not begun that it could not be asked', async () => {
    const { stdout } = await run('hint', 'week02', 'http_serve3');
    expect(stdout).toContain('Nothing could be asked yet: hints are for what you have begun.\n');
    expect(stdout).toContain('next  npm run grade week02 http_serve3\n');
  });

  test('says one fact a line with --plain', async () => {
    const { stdout } = await run('hint', 'week02', '--plain', '--level', '2');
    expect(stdout).toMatch(
      /\nhint 1 of 3: .*\nhint 2 of 3: .*\nnext: npm run hint week02, which shows one more/,
    );
    expect(stdout).not.toMatch(/^ | {2}|\n\n/m);
  });
});

describe('hint for work that lies elsewhere', () => {
  test('is not remembered, and the command for one more says how deep', async () => {
    const edited = editSolution('http_serve2', [["head.join('\\r\\n')", "head.join('\\n')"]]);
    try {
      const args = ['hint', 'week02', 'http_serve2', '--from', edited.folder];
      const more = `npm run hint week02 http_serve2 -- --from ${edited.folder} --level 2`;
      for (let times = 0; times < 2; times += 1) {
        const first = await runCli(args, { env: { CI: '' } });
        expect(levelsOf(first)).toEqual(['1']);
        expect(first.stdout).toContain(more);
      }
    } finally {
      edited.remove();
    }
  });
});

describe('hint is refused', () => {
  test.each([
    [['week02', 'http_serve9'], /no stage "http_serve9"/],
    [['week02', 'http_serve1/nothing'], /no check here is called "http_serve1\/nothing"/],
    [['week02', '--level', '4'], /--level 4 is too deep; the hints go from 1 to 3/],
    [['week02', '--level', 'deep'], /--level deep is not a whole number/],
    [['week09'], /week09/],
    [[], /missing required argument 'lab'; .* npx wiregrade hint --help its options/],
  ])('with %j', async (args, message) => {
    const { exitCode, stderr, stdout } = await runCli(['hint', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^wiregrade: [^\n]+$/);
  });

  test.each([
    ['level', '2', '--level'],
    ['plain', 'true', '--plain'],
    ['history', '', '--no-history'],
    ['force', 'true', '--force'],
    ['dry_run', 'true', '--dry-run'],
    ['forks_of', 'true', '--forks-of'],
  ])('where npm kept the option %s', async (name, value, option) => {
    const env = { [`npm_config_${name}`]: value, npm_lifecycle_event: 'hint' };
    const { exitCode, stderr } = await runCli(['hint', 'week02'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`npm kept ${option} to itself`);
    expect(stderr).toContain(`as in npm run hint ... -- ${option} ...`);
  });
});
