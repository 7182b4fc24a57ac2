import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsOf, type Arena } from './arena.ts';
import type { Target } from './target.ts';

/** What a program may not do to files, in cells of any kind. */
export function attackFiles(target: Target): void {
  let arena: Arena;
  /** A file that another submission, or the grader, may keep where this user can read and write. */
  let precious: string;

  beforeAll(async () => {
    arena = await target.openArena();
    precious = join(arena.folder, 'precious.txt');
    writeFileSync(precious, 'kept by someone else');
    chmodSync(precious, 0o666);
  });

  afterAll(() => arena.close());

  describe('files outside the cell', () => {
    it('A01: the grader, other submissions and homes are not there to be read', async () => {
      const grader = join(import.meta.dirname, 'programs/prelude.py');
      const home = join(arena.folder, 'home');
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, 'key'), 'x');
      const readable = { file: 'reads.py', args: [precious, join(home, 'key')] };
      expect(resultsOf(await arena.outside(readable))).toEqual({
        'file-0': 'done',
        'file-1': 'done',
      });
      const seen = await arena.inCell({
        file: 'reads.py',
        args: [...readable.args, grader, '/root'],
      });
      expect(Object.values(resultsOf(seen))).toEqual(['ENOENT', 'ENOENT', 'ENOENT', 'ENOENT']);
    });

    it('A02: its own program, results and the system cannot be written', async () => {
      const attack = { file: 'writes.py', args: [precious] };
      expect(resultsOf(await arena.outside(attack))).toMatchObject({
        'own-program': 'done',
        results: 'done',
        beside: 'done',
      });
      expect(resultsOf(await arena.inCell(attack))).toEqual({
        'own-program': 'EROFS',
        results: 'ENOENT',
        usr: 'EROFS',
        root: 'EROFS',
        etc: expect.stringMatching(/EROFS|EACCES/),
        dev: expect.stringMatching(/EROFS|EACCES/),
        beside: 'done', // a right program may write into its working directory
      });
    });

    it('A02: its own program is the same at the next start, whatever is in its place', async () => {
      const seen = await arena.inCell({ file: 'replaces.py', before: ['replace'] });
      expect(resultsOf(seen)).toEqual({ runs: 'its own, and was replaced' });
    });

    it('A08: what whoever started the grader left open is closed', async () => {
      const leaks = '/etc/hosts';
      const leaking = await target.openArena({ leaks, slot: 1 });
      try {
        const { stdout } = await leaking.inCell({ file: 'descriptors.py' });
        expect(stdout).toBe('read: done \n');
      } finally {
        await leaking.close();
      }
      const control = await arena.outside({ file: 'descriptors.py', leaks });
      expect(control.stdout).toMatch(/^read: done \S/);
    });
  });

  describe('room for files', () => {
    const places = [
      { place: '/tmp', limit: '32 MiB', count: 6, size: 8 },
      { place: '/dev/shm', limit: '16 MiB', count: 6, size: 4 },
      { place: '.', limit: '128 MiB', count: 18, size: 8 },
    ];

    it.each(places)('A16: $place holds $limit and no more', async ({ place, count, size }) => {
      const seen = await arena.inCell({
        file: 'fills.py',
        args: [place, String(count), String(size), 'wait'],
      });
      expect(seen.exit).toEqual({ kind: 'limit', limit: 'too-much-output' });
      expect(resultsOf({ ...seen, stdout: `${seen.stdout}end: x` }).fill ?? 'ENOSPC').toBe(
        'ENOSPC',
      );
    });

    it('A16: one file holds 16 MiB and no more', async () => {
      const seen = await arena.inCell({ file: 'fills.py', args: ['/tmp', '1', '20'] });
      expect(resultsOf(seen).fill).toBe('EFBIG');
    });

    it.each(['/', '/dev', '/usr/lib/node_modules', '/etc'])(
      'A16: %s takes no file',
      async (place) => {
        const { exit, stderr, stdout } = await arena.inCell({
          file: 'fills.py',
          args: [place, '1', '1'],
        });
        expect(stdout).toMatch(/^fill: (?:EROFS|ENOENT|EACCES)\n/);
        expect({ exit, stderr }).not.toEqual({ exit: { kind: 'code', code: 0 }, stderr: '' });
      },
    );

    it('A17: a hundred thousand files are stopped on the way', async () => {
      const seen = await arena.inCell({ file: 'fills.py', args: ['/tmp', '100000', '0', 'wait'] });
      expect(seen.exit).toEqual({ kind: 'limit', limit: 'too-much-output' });
    });

    it.each([
      { what: '40 MiB', args: ['5', '8'] },
      { what: 'a file of 20 MiB', args: ['1', '20'] },
      { what: '25,000 files', args: ['25000', '0'] },
    ])('outside, $what are written', async ({ args }) => {
      const attack = { file: 'fills.py', args: [arena.folder, ...args] };
      expect(resultsOf(await arena.outside({ ...attack, withinMs: 15_000 })).fill).toBe('done');
    });
  });
}
