import { expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runCli } from '../cli.ts';
import { compareGolden } from './compare-golden.ts';
import { makeMisbehaving } from './make.ts';
import { findProcesses } from './processes.ts';
import { MISBEHAVING, type Misbehaving } from './table.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
const possible = MISBEHAVING.filter(({ name }) => hasIpv6 || name !== 'listens-on-ipv6-alone');

// Jest runs five of them at once.
it.concurrent.each(possible)(
  '$name: is told as in its golden text, beside a right program, and leaves nothing behind',
  async (misbehaving: Misbehaving) => {
    const submission = makeMisbehaving(misbehaving);
    const temporary = mkdtempSync(join(tmpdir(), 'misbehaving-'));
    const release = await occupy(misbehaving.takenPort);
    try {
      const stages = ['echo_server', ...Object.keys(misbehaving.programs)];
      const run = await runCli(
        [
          'grade',
          'week02',
          ...stages,
          '--from',
          basename(submission.folder),
          '--all',
          '--seed',
          '1',
        ],
        { cwd: dirname(submission.folder), env: { TMPDIR: temporary } },
      );
      expect(findProcesses(temporary)).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
      compareGolden(misbehaving.name, run, basename(submission.folder));
      expect(run.stdout).toMatch(/PASS {2}echo_server +5\/5 /);
    } finally {
      release();
      rmSync(temporary, { recursive: true });
      submission.remove();
    }
  },
  120_000,
);

it.concurrent.each([
  { name: 'fresh-lab', args: [], what: 'the untouched starters' },
  { name: 'solutions', args: ['--solutions'], what: 'the worked solutions' },
])('shows $what', async ({ name, args }) => {
  compareGolden(name, await runCli(['grade', 'week02', ...args, '--seed', '1']));
});

/** Takes possession of a port, as another program of the student's might have. */
async function occupy(port: number | undefined): Promise<() => void> {
  if (port === undefined) return () => undefined;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return () => void server.close();
}
