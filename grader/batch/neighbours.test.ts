import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadLab } from '../course/load-lab.ts';
import { ENVIRONMENT } from '../testing/cli.ts';
import type { Fork } from '../testing/class/fork.ts';
import { makeGrading, type Grading } from '../testing/class/grade-class.ts';
import { listNeighbours, listOrdinary } from '../testing/class/list-neighbours.ts';
import { makeClass, type MadeClass } from '../testing/class/made-class.ts';
import { whatCellsLack } from '../testing/class/what-is-lacking.ts';
import { LAB } from '../testing/class/works.ts';

jest.setTimeout(3_600_000);

// `WIREGRADE_RUNS=30 npm test -- neighbours` grades them as often as that.
const RUNS = Number(ENVIRONMENT.WIREGRADE_RUNS ?? 2);

const lacking = await whatCellsLack();
const inCells = lacking === undefined ? describe : describe.skip;

let made: MadeClass;
let grading: Grading;

beforeEach(async () => {
  made = makeClass(mix(listNeighbours(), listOrdinary(await loadLab(LAB))));
  grading = makeGrading(made);
});

afterEach(() => {
  made.remove();
  grading.remove();
});

inCells(`neighbours in two slots${lacking === undefined ? '' : ` (skipped: ${lacking})`}`, () => {
  test(`that spin, flood or fork change no other grade, in ${String(RUNS)} runs`, async () => {
    for (let run = 0; run < RUNS; run += 1) {
      const { exitCode, stderr } = await grading.run('--slots', '2', '--again', 'all');
      expect({ run, exitCode, stderr }).toEqual({ run, exitCode: 0, stderr: '' });
      const ofOrdinary = ({ id = '' }: { readonly id?: string }): boolean =>
        id.startsWith('ordinary');
      expect(grading.rows().filter(ofOrdinary)).toEqual(made.rows.filter(ofOrdinary));
    }
  });
});

/** Puts a neighbour beside each ordinary student, as long as there are any. */
function mix(neighbours: readonly Fork[], ordinary: readonly Fork[]): readonly Fork[] {
  return ordinary.flatMap((fork, index) => [...neighbours.slice(index, index + 1), fork]);
}
