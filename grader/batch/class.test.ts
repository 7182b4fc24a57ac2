import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { ENVIRONMENT } from '../testing/cli.ts';
import type { Fork } from '../testing/class/fork.ts';
import { findHalfWritten, whenGraded } from '../testing/class/check-whole.ts';
import { makeGrading, type Grading } from '../testing/class/grade-class.ts';
import { listClass, listSmallClass } from '../testing/class/list-class.ts';
import { makeClass, type MadeClass } from '../testing/class/made-class.ts';
import { whatCellsLack, whatIsLacking } from '../testing/class/what-is-lacking.ts';

jest.setTimeout(600_000);

// `WIREGRADE_CLASS=60 npm test -- batch/class` grades the whole class without cells, too.
const listTrusted = ENVIRONMENT.WIREGRADE_CLASS === '60' ? listClass : listSmallClass;

const cellsLack = await whatCellsLack();
const lacking = whatIsLacking();
const inCells = cellsLack === undefined ? describe : describe.skip;
const withoutCells = lacking === undefined ? describe : describe.skip;
const why = (reason: string | undefined): string =>
  reason === undefined ? '' : ` (skipped: ${reason})`;

let made: MadeClass;
let grading: Grading;

function prepare(list: () => Promise<readonly Fork[]>): void {
  beforeAll(async () => {
    made = makeClass(await list());
    grading = makeGrading(made);
  });
  afterAll(() => {
    made.remove();
    grading.remove();
  });
}

inCells(`a small class, in cells${why(cellsLack)}`, () => {
  prepare(listSmallClass);

  test('gets the expected gradebook, and leaves nothing behind', async () => {
    const { exitCode, stderr } = await grading.run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(grading.rows()).toEqual(made.rows);
    expect(findHalfWritten(grading.out)).toEqual([]);
    expect(readdirSync(grading.temporary)).toEqual([]);
  });

  test('is not graded a second time into the same folder', async () => {
    const before = whenGraded(grading.out);
    const { exitCode, stdout } = await grading.run();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('; 0 of them now');
    expect(whenGraded(grading.out)).toEqual(before);
    expect(grading.rows()).toEqual(made.rows);
  });

  test('gets the same gradebook in another folder', async () => {
    const other = makeGrading(made);
    try {
      expect((await other.run()).exitCode).toBe(0);
      expect(other.rows()).toEqual(made.rows);
    } finally {
      other.remove();
    }
  });
});

inCells(`the class of 60, in cells${why(cellsLack)}`, () => {
  prepare(listClass);

  test('gets the expected gradebook, and leaves nothing behind', async () => {
    expect(made.rows).toHaveLength(60);
    const { exitCode, stderr } = await grading.run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(grading.rows()).toEqual(made.rows);
    expect(readdirSync(grading.temporary)).toEqual([]);
  });
});

withoutCells(`a class without cells, the hostile left out${why(lacking)}`, () => {
  prepare(async () => (await listTrusted()).filter(({ hostile }) => hostile !== true));

  test('gets the expected gradebook, and leaves nothing behind', async () => {
    const { exitCode, stdout } = await grading.run('--sandbox', 'none', '--i-trust-this-code');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('WITHOUT A SANDBOX');
    expect(grading.rows()).toEqual(made.rows);
    expect(readdirSync(grading.temporary)).toEqual([]);
  });
});
