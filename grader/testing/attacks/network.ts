import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { resultsOf, type Arena } from './arena.ts';
import type { Target } from './target.ts';

/** Whom a program may not reach, in cells of any kind. */
export function attackNetwork(target: Target): void {
  let arena: Arena;
  let other: Arena;

  beforeAll(async () => {
    arena = await target.openArena();
    other = await target.openArena({ slot: 1 });
  });

  afterAll(async () => {
    await arena.close();
    await other.close();
  });

  const word = (): string => `attack-${randomBytes(6).toString('hex')}`;

  it("A09: the host's loopback, and sockets by path or name, are not reached", async () => {
    const name = word();
    const { process, line } = await arena.linger({
      file: 'listens.py',
      args: [name, arena.folder],
    });
    try {
      const attack = { file: 'meets.py', args: [name, arena.folder, ...line.split(' ')] };
      expect(resultsOf(await arena.outside(attack))).toEqual({
        tcp: 'done hello',
        udp: 'done hello',
        path: 'done hello',
        abstract: 'done hello',
        file: 'done',
      });
      expect(resultsOf(await arena.inCell(attack))).toEqual(NOBODY);
    } finally {
      process.kill('SIGKILL');
    }
  });

  it('A36: two submissions that run side by side cannot meet', async () => {
    const name = word();
    const listening = other.inCell({ file: 'listens.py', args: [name, '/tmp'], withinMs: 3000 });
    const ports = ['18000', '18001'];
    const attack = { file: 'meets.py', args: [name, '/tmp', ...ports] };
    expect(resultsOf(await arena.inCell(attack))).toEqual(NOBODY);
    // Nor one after the other: nothing that the first has left is there.
    expect((await listening).stdout).toMatch(/^\d+ \d+\n$/);
    expect(resultsOf(await other.inCell(attack))).toEqual(NOBODY);
  });

  it('A10: there is no way to the internet', async () => {
    const own = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    const attack = { file: 'internet.py', args: [own ?? '127.0.0.1'] };
    expect(resultsOf(await arena.outside(attack)).way).toBe('done');
    const inside = await arena.inCell({ file: 'internet.py', args: [own ?? '192.0.2.1'] });
    expect(resultsOf(inside)).toEqual({ way: 'ENETUNREACH', interfaces: 'done lo' });
  });

  const NOBODY = {
    tcp: 'ECONNREFUSED',
    udp: 'ECONNREFUSED',
    path: 'ENOENT',
    abstract: 'ECONNREFUSED',
    file: 'ENOENT',
  };
}
