import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonRun } from '../cli.ts';
import { editSolution, makeSubmission } from '../submission.ts';
import type { Arena } from './arena.ts';
import type { Target } from './target.ts';

/** What a program may not bring about in its grading, in cells of any kind. */
export function attackVerdicts(target: Target): void {
  jest.setTimeout(120_000);

  let arena: Arena;

  beforeAll(async () => {
    arena = await target.openArena();
  });

  afterAll(() => arena.close());

  /** Grades one stage in a cell, with an attack as its program. */
  async function grade(program: string, stage: string): Promise<JsonRun> {
    const text = readFileSync(join(import.meta.dirname, 'programs', program), 'utf8');
    const submission = makeSubmission({ [`${stage}/${stage}.mjs`]: text });
    try {
      return await target.grade(['week02', stage, '--from', submission.folder]);
    } finally {
      submission.remove();
    }
  }

  it.each(['echo_server', 'http_serve2', 'http_serve3', 'http_serve5'])(
    'a right program earns all of %s in its cell',
    async (stage) => {
      const submission = editSolution(stage);
      try {
        const { result } = await target.grade(['week02', stage, '--from', submission.folder]);
        expect(result.points.earned).toBe(result.points.possible);
        expect(result.points.bonusEarned).toBe(result.points.bonusPossible);
      } finally {
        submission.remove();
      }
    },
  );

  it('A03: what a program prints of itself is text and no more', async () => {
    const { result, outcomesOf } = await grade('claims.mjs', 'echo_server');
    // It does listen where it was told to.
    expect(outcomesOf('passed')).toEqual(['echo_server/listens-where-told']);
    expect(outcomesOf('broken')).toEqual([]);
    expect(result.points.earned).toBe(1);
  });

  it('A04: a program that ends with exit code 0 has answered nothing', async () => {
    const { outcomesOf } = await grade('leaves.mjs', 'http_serve2');
    expect(outcomesOf('failed')).toContain('http_serve2/status-line: crashed');
    expect(outcomesOf('passed')).not.toContain('http_serve2/body');
    expect(outcomesOf('broken')).toEqual([]);
  });

  it('A18: a line without end is read, and kept in part', async () => {
    const flood = { file: 'floods.py', args: ['24'], withinMs: 15_000 };
    expect((await arena.outside(flood)).printed).toBeGreaterThan(24 * 2 ** 20);
    const seen = await arena.inCell(flood);
    expect(seen.printed).toBeGreaterThan(2 ** 20);
    expect(seen.stdout.length).toBeLessThan(150_000);
  });

  it.each([
    { program: 'drips.mjs', does: 'drips' },
    { program: 'pours.mjs', does: 'sends without end' },
    { program: 'bursts.mjs', does: 'sends what swells to 200 MB' },
  ])('A22: a program that $does is judged in time', async ({ program }) => {
    const beganAt = performance.now();
    const { outcomesOf } = await grade(program, 'http_serve2');
    expect(performance.now() - beganAt).toBeLessThan(100_000);
    expect(outcomesOf('failed')).not.toEqual([]);
    expect(outcomesOf('passed')).not.toContain('http_serve2/body');
    expect(outcomesOf('broken')).toEqual([]);
  });

  it('A23: answers learnt by heart do not pass', async () => {
    const { outcomesOf } = await grade('replays.mjs', 'http_serve5');
    expect(outcomesOf('passed')).toContain('http_serve5/text');
    expect(outcomesOf('failed').map((each) => each.split(':')[0])).toContain(
      'http_serve5/planted-file',
    );
  });

  it('A24: what parsers stumble over is data', async () => {
    const { outcomesOf } = await grade('confuses.mjs', 'http_serve3');
    expect(outcomesOf('broken')).toEqual([]);
    expect(outcomesOf('failed')).not.toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
}
