import { describe, expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import { loadLab } from '../../course/load-lab.ts';
import { expectedVerdict, gradeMutant, makeMutant } from './grade-mutant.ts';
import { mutants } from './index.ts';

const cases = mutants.map((mutant) => [`${mutant.stage} ${mutant.name}`, mutant] as const);
/** Most of a mutant's time is waiting: for its start, or for an answer that never comes. */
const atOnce = pLimit(6);
/** A program that is silent takes its time, and more of it where the machine is busy. */
const PATIENCE_MS = 180_000;

describe('the set of mutants', () => {
  test('has a mutant for every check of the lab', async () => {
    const { stages } = await loadLab('week02');
    const killed = new Set(
      mutants.flatMap(({ stage, fails }) => fails.map((id) => `${stage}/${id}`)),
    );
    const checks = stages.flatMap(({ id, checks }) => checks.map((check) => `${id}/${check.id}`));
    expect(checks.filter((id) => !killed.has(id))).toEqual([]);
    expect([...killed].filter((id) => !checks.includes(id))).toEqual([]);
  });

  test('gives each mutant a name of its own', () => {
    expect(new Set(cases.map(([title]) => title)).size).toBe(mutants.length);
  });

  test.each(cases)('can be made from the solution: %s', (_, mutant) => {
    makeMutant(mutant).remove();
  });
});

describe('the grader fails just the checks that it should of a program that', () => {
  test.concurrent.each(cases)(
    '%s',
    async (_, mutant) => {
      expect(await atOnce(() => gradeMutant(mutant))).toEqual(expectedVerdict(mutant));
    },
    PATIENCE_MS,
  );
});
