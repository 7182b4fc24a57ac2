import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom, type Random } from '../lab/random.ts';
import { ENVIRONMENT } from '../testing/cli.ts';
import { findHalfWritten, whenGraded } from '../testing/class/check-whole.ts';
import { familyOf } from '../testing/class/family.ts';
import { makeGrading, type Grading } from '../testing/class/grade-class.ts';
import { listClass, listSmallClass } from '../testing/class/list-class.ts';
import { makeClass, type MadeClass } from '../testing/class/made-class.ts';
import { whatCellsLack } from '../testing/class/what-is-lacking.ts';
import { until } from '../testing/class/until.ts';

jest.setTimeout(900_000);

// `WIREGRADE_CLASS=60 npm test -- stopped` stops the grading of the whole class, at 20 moments.
const isLarge = ENVIRONMENT.WIREGRADE_CLASS === '60';
const STOPS = isLarge ? 20 : 6;
const SEED = Number(ENVIRONMENT.WIREGRADE_SEED ?? 1);

const lacking = await whatCellsLack();
const inCells = lacking === undefined ? describe : describe.skip;

let made: MadeClass;
let grading: Grading;

beforeEach(async () => {
  made = makeClass(await (isLarge ? listClass() : listSmallClass()));
  grading = makeGrading(made);
});

afterEach(() => {
  made.remove();
  grading.remove();
});

inCells(`a batch that is stopped${lacking === undefined ? '' : ` (skipped: ${lacking})`}`, () => {
  test(`goes on after SIGKILL at ${String(STOPS)} moments (seed ${String(SEED)}), to the same grades`, async () => {
    const random = seededRandom(SEED, 'moments');
    for (let stop = 0; stop < STOPS; stop += 1) {
      const before = whenGraded(grading.out);
      await stopAtRandom('SIGKILL', random);
      expect(findHalfWritten(grading.out)).toEqual([]);
      // Who was finished is not graded again.
      expect(whenGraded(grading.out)).toMatchObject(before);
    }
    const before = whenGraded(grading.out);
    const { exitCode, stdout } = await grading.run();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('The run before was stopped');
    expect(whenGraded(grading.out)).toMatchObject(before);
    expect(grading.rows()).toEqual(made.rows);
    // What a trial of cells leaves, when it is killed, is a few small files that nobody knows of.
    const left = readdirSync(grading.temporary).filter(
      (name) => !name.startsWith('wiregrade-try-'),
    );
    expect(left).toEqual([]);
  });

  test('says after Ctrl-C how to go on, and has ended all when it exits with 130', async () => {
    const batch = grading.start();
    const graded = countLines(batch);
    await until(() => graded() >= 2);
    const family = familyOf(batch.pid ?? 0);
    process.kill(batch.pid ?? 0, 'SIGINT');
    const { exitCode, stdout, stderr } = await batch;
    expect(family.living()).toEqual([]);
    expect(exitCode).toBe(130);
    expect(stderr).toContain('stopped by SIGINT');
    expect(stdout).toContain('the same command goes on from here');
    expect(readdirSync(grading.temporary)).toEqual([]);
    expect(existsSync(join(grading.out, 'running'))).toBe(false);
    expect(findHalfWritten(grading.out)).toEqual([]);
    // Those who are done are in the gradebook already.
    expect(made.rows).toEqual(expect.arrayContaining([...grading.rows()]));
    expect(grading.rows().length).toBeGreaterThanOrEqual(2);
    expect((await grading.run()).exitCode).toBe(0);
    expect(grading.rows()).toEqual(made.rows);
  });
});

/** Starts a batch, and stops it at some moment. All of it has gone when this returns. */
async function stopAtRandom(signal: NodeJS.Signals, random: Random): Promise<void> {
  const batch = grading.start();
  const [count, ms] = [random.integer(4), random.integer(900)];
  const graded = countLines(batch);
  let ended = false;
  void batch.then(() => (ended = true));
  await until(() => graded() >= count || ended);
  await new Promise((resolve) => setTimeout(resolve, ms));
  const family = familyOf(batch.pid ?? 0);
  batch.kill(signal);
  const { exitCode, stderr } = await batch;
  // One that came to its end before must have been right.
  expect({ exitCode: exitCode ?? 0, stderr }).toEqual({ exitCode: 0, stderr: '' });
  await until(() => family.living().length === 0);
}

/** Counts the students that a batch tells to be done by its own work. */
function countLines({ stdout }: ReturnType<Grading['start']>): () => number {
  let text = '';
  stdout.on('data', (piece: Buffer) => (text += piece.toString()));
  return () =>
    text.split('\n').filter((line) => /^ +\d+\/\d+ /.test(line) && !line.includes('unchanged'))
      .length;
}
