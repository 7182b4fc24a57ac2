import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { resultsOf, type Arena } from './arena.ts';
import type { Target } from './target.ts';

/** What a program may not have of memory, in cells of any kind. */
export function attackMemory(target: Target): void {
  let arena: Arena;

  beforeAll(async () => {
    arena = await target.openArena();
  });

  afterAll(() => arena.close());

  const hoard = (way: string, mib: number) => ({ file: 'hoards.py', args: [way, String(mib)] });

  it('A14: one process gets 512 MiB and no more', async () => {
    // Reserved only: outside it costs the machine nothing.
    expect(resultsOf(await arena.outside(hoard('reserve', 600))).reserve).toBe('done');
    expect(resultsOf(await arena.inCell(hoard('reserve', 600))).reserve).toMatch(
      /ENOMEM|MemoryError/,
    );
  });

  it('A14: buffers of Node end at the limit', async () => {
    const take = (mib: string) => ({ file: 'buffers.mjs', args: [mib], withinMs: 10_000 });
    expect(resultsOf(await arena.outside(take('40'))).buffers).toBe('done 5');
    expect(resultsOf(await arena.inCell(take('40'))).buffers).toBe('done 5');
    const seen = await arena.inCell(take('800'));
    expect(seen.stdout).toBe('');
    expect(seen.exit).not.toEqual({ kind: 'code', code: 0 });
  });

  it('A15: many processes get 512 MiB together', async () => {
    expect(resultsOf(await arena.outside(hoard('many', 36))).many).toBe('done');
    expect(resultsOf(await arena.inCell(hoard('many', 36))).many).toBe('done');
    const { exit } = await arena.inCell(hoard('many', 660));
    expect(exit).toEqual({ kind: 'limit', limit: 'out-of-memory' });
  });

  it('A14: memory that a process could share counts as well', async () => {
    expect(resultsOf(await arena.inCell(hoard('shared-map', 40)))['shared-map']).toBe('done');
    const { exit } = await arena.inCell(hoard('shared-map', 600));
    expect(exit).toEqual({ kind: 'limit', limit: 'out-of-memory' });
  });

  it.each([
    { way: 'memfd', answer: 'ENOSYS' },
    { way: 'sysv', answer: 'ENOSYS' },
  ])('A15: memory that no limit counts is not to be had by $way', async ({ way, answer }) => {
    expect(resultsOf(await arena.outside(hoard(way, 0)))[way]).toBe('done');
    expect(resultsOf(await arena.inCell(hoard(way, 0)))[way]).toBe(answer);
  });

  it('A15: shared memory ends at its own limit', async () => {
    expect(resultsOf(await arena.outside(hoard('shared', 20))).shared).toBe('done');
    const seen = await arena.inCell(hoard('shared', 20));
    expect(`${seen.stdout}${JSON.stringify(seen.exit)}`).toMatch(/ENOSPC|too-much-output/);
  });
}
