import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { findByCommand, GRADER_TOKEN, resultsOf, type Arena } from './arena.ts';
import { until } from './until.ts';
import type { Target } from './target.ts';

/** What a program may not do to other processes, in cells of any kind. */
export function attackProcesses(target: Target): void {
  let arena: Arena;

  beforeAll(async () => {
    arena = await target.openArena();
  });

  afterAll(() => arena.close());

  const word = (): string => `attack-${randomBytes(6).toString('hex')}`;
  /** Ends a process that a control started, by its number. */
  const end = (pid: number): void => void process.kill(pid, 'SIGKILL');

  describe('other processes', () => {
    it('A05: the grader and all others are out of reach of its signals', async () => {
      const name = word();
      const victim = await arena.linger({ file: 'daemon.py', args: [name, 'stay'] });
      const pid = String(victim.process.pid);
      const seen = await arena.inCell({ file: 'signals.py', args: [pid, 'all'] });
      expect(resultsOf(seen)).toEqual({ victim: 'ESRCH', first: 'done', 'still-here': 'done' });
      expect(victim.process.exitCode).toBe(null);
      // The grader answers as before.
      expect(resultsOf(await arena.inCell({ file: 'signals.py', args: [pid] })).victim).toBe(
        'ESRCH',
      );
      expect(resultsOf(await arena.outside({ file: 'signals.py', args: [pid] })).victim).toBe(
        'done',
      );
      await until(() => victim.process.signalCode === 'SIGKILL');
      for (const left of await findByCommand(name)) end(left);
    });

    it('A06: no process outside can be looked into, and none traced', async () => {
      const name = word();
      const victim = await arena.linger({ file: 'daemon.py', args: [name, 'stay'] });
      const attack = { file: 'spies.py', args: [String(victim.process.pid)] };
      expect(resultsOf(await arena.outside(attack))).toMatchObject({
        environ: 'done',
        cmdline: 'done',
        trace: 'done',
      });
      expect(resultsOf(await arena.inCell(attack))).toEqual({
        environ: 'ENOENT',
        cmdline: 'ENOENT',
        processes: `done ${String(target.ownProcesses + 1)}`,
        trace: 'EPERM',
      });
      for (const left of await findByCommand(name)) end(left);
    });

    it('A07: nothing of the environment of graders comes in', async () => {
      const attack = { file: 'tokens.py', args: [GRADER_TOKEN] };
      expect(resultsOf(await arena.outside(attack)).found).not.toBe('done 0');
      const inside = resultsOf(await arena.inCell(attack));
      expect(inside).toEqual({
        found: 'done 0',
        own: 'done HOME,LANG,PATH,PORT,PYTHONUNBUFFERED,TMPDIR',
      });
    });
  });

  describe('processes that stay', () => {
    it('A11: a daemon that ignores signals goes with the cell', async () => {
      const [inside, outside] = [word(), word()];
      await arena.inCell({ file: 'daemon.py', args: [inside], withinMs: 500 });
      expect(await findByCommand(inside)).toEqual([]);
      await arena.outside({ file: 'daemon.py', args: [outside], withinMs: 500 });
      await until(async () => (await findByCommand(outside)).length === 1);
      for (const pid of await findByCommand(outside)) end(pid);
    });

    it('A12: what runs while the grader is killed goes too', async () => {
      const [inside, outside] = [word(), word()];
      const other = await target.openArena({ slot: 1 });
      try {
        const run = other.inCell({ file: 'daemon.py', args: [inside, 'stay'], withinMs: 10_000 });
        run.catch(() => undefined);
        await until(async () => (await findByCommand(inside)).length > 0);
        await other.killGrader();
        await until(async () => (await findByCommand(inside)).length === 0);
      } finally {
        await other.close();
      }
      const parent = await arena.linger({ file: 'daemon.py', args: [outside, 'stay'] });
      parent.process.kill('SIGKILL');
      await until(() => parent.process.signalCode === 'SIGKILL');
      // While it becomes another program, it has no command line for a moment.
      await until(async () => (await findByCommand(outside)).length > 0);
      for (const pid of await findByCommand(outside)) end(pid);
    });
  });

  describe('processes without end', () => {
    it.each(['processes', 'threads'])('A13: eighty %s are not to be had', async (kind) => {
      const attack = { file: 'forks.py', args: [kind, '0.05'] };
      expect(resultsOf(await arena.outside(attack)).all).toBe('done');
      expect(resultsOf(await arena.inCell(attack)).all).toBe('EAGAIN');
    });

    it('A13: a program that keeps as many as it may have is stopped, and told why', async () => {
      const seen = await arena.inCell({ file: 'forks.py', args: ['processes', '5'] });
      expect(seen.exit).toEqual({ kind: 'limit', limit: 'out-of-processes' });
    });

    it('A19: a program that spins keeps to the cores of its slot', async () => {
      const pinned = await target.openArena({ cores: [0], slot: 1 });
      try {
        const attack = { file: 'spins.py', args: ['0.3'] };
        expect(resultsOf(await arena.outside(attack))['any-core']).toBe('done');
        const seen = resultsOf(await pinned.inCell(attack));
        expect(seen).toEqual({ 'any-core': 'EPERM', cores: 'done 0' });
      } finally {
        await pinned.close();
      }
    });
  });
}
