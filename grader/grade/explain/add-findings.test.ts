import { expect, test } from '@jest/globals';
import { MachineFault } from '../../model/errors.ts';
import type { StageResult } from '../../model/result.ts';
import { addFindings, type Finder } from './add-findings.ts';

const points = { earned: 0, possible: 0, bonusEarned: 0, bonusPossible: 0 };
const judged: StageResult = {
  ...{ id: 'stage', title: '', status: 'graded', durationMs: 0, points, checks: [] },
  remarks: ['judged'],
};

const finds =
  (what: string): Finder =>
  (result) =>
    Promise.resolve({ ...result, remarks: [...result.remarks, what] });
const throws =
  (error: Error): Finder =>
  () =>
    Promise.reject(error);

test('keeps what one has found where the next throws, and goes on', async () => {
  const fault = new MachineFault('there is no port left');
  const found = await addFindings(judged, [finds('one'), throws(fault), finds('two')]);
  expect(found.remarks).toEqual(['judged', 'one', 'two']);
});

test('tells a fault of its own, and keeps the result', async () => {
  const found = await addFindings(judged, [throws(new TypeError('no such line'))]);
  expect(found.remarks).toEqual([
    'judged',
    expect.stringMatching(/^The grader broke .* changes no verdict.*: TypeError: no such line$/),
  ]);
});
