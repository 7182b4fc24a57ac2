import { afterEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { isInstalled } from '../../testing/cli.ts';
import { makeSubmission } from '../../testing/submission.ts';
import { MARK } from '../environment.ts';
import { linux } from './linux.ts';
import type { Platform } from './platform.ts';
import { unix } from './unix.ts';

const tools = ['ps', 'lsof'].filter((name) => !isInstalled(name));
const PLATFORMS: readonly { name: string; platform: Platform; lacking: string }[] = [
  {
    name: 'linux',
    platform: linux,
    lacking: process.platform === 'linux' ? '' : 'this is no Linux',
  },
  {
    name: 'unix',
    platform: unix,
    lacking: tools.length === 0 ? '' : `there is no ${tools.join()}`,
  },
];

/**
 * Listens twice and starts one process, in a group of its own, that listens as well. Only the first
 * may start another; and both end by themselves soon, whatever becomes of the test.
 */
const PROGRAM = `
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
setTimeout(() => process.exit(), 20_000);
const listen = (host) => new Promise((resolve) => {
  const server = createServer().listen(0, host, () => resolve(server.address().port));
});
const ports = [await listen('127.0.0.1'), await listen('0.0.0.0')];
if (process.argv[2] === 'first') {
  const child = spawn(process.execPath, [import.meta.filename, 'second'], { detached: true });
  child.stdout.once('data', (text) => {
    console.log(JSON.stringify([process.pid, child.pid, ports, JSON.parse(text)]));
  });
} else {
  console.log(JSON.stringify(ports));
}
`;

interface Running {
  readonly pids: readonly number[];
  readonly ports: readonly number[];
  readonly mark: string;
}

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

async function start(): Promise<Running> {
  const mark = `wiregrade-test-${randomBytes(8).toString('hex')}.`;
  const { folder, remove } = makeSubmission({ 'program.mjs': PROGRAM });
  const child = execa(process.execPath, [join(folder, 'program.mjs'), 'first'], {
    env: { [MARK]: mark },
    buffer: false,
    reject: false,
    detached: true,
  });
  stop = async () => {
    for (const pid of await linux.findFamily({ leader: child.pid ?? 0, mark }))
      process.kill(pid, 'SIGKILL');
    await child;
    remove();
  };
  const [line]: Buffer[] = await once(child.stdout, 'data');
  const told: [number, number, number[], number[]] = JSON.parse(String(line));
  const [leader, other, own, others] = told;
  return { pids: [leader, other], ports: [...own, ...others], mark };
}

describe.each(PLATFORMS)('$name', ({ platform, lacking }) => {
  const testHere = lacking === '' ? test : test.skip;
  const why = lacking === '' ? '' : ` (skipped: ${lacking})`;

  testHere(`finds a program and a process that left its group${why}`, async () => {
    const { pids, mark } = await start();
    expect([...(await platform.findFamily({ leader: pids[0] ?? 0, mark }))].sort()).toEqual(
      [...pids].sort(),
    );
  });

  testHere(`finds what a program left behind once it has gone${why}`, async () => {
    const { pids, mark } = await start();
    const [leader = 0, other = 0] = pids;
    process.kill(leader, 'SIGKILL');
    while ((await linux.findFamily({ leader, mark })).includes(leader))
      await new Promise(setImmediate);
    expect(await platform.findFamily({ leader, mark })).toEqual([other]);
  });

  testHere(`finds where all of them listen${why}`, async () => {
    const { pids, ports } = await start();
    const listeners = await platform.findListeners(pids, 0);
    expect(listeners.map(({ port }) => port).sort()).toEqual([...ports].sort());
    const loopback = listeners.filter(({ host }) => host === '127.0.0.1');
    expect(loopback.map(({ port }) => port).sort()).toEqual([ports[0], ports[2]].sort());
    const everywhere = listeners.filter(({ host }) => host === undefined || host === '0.0.0.0');
    expect(everywhere).toHaveLength(2);
  });

  testHere(`finds the listeners of those processes alone${why}`, async () => {
    const { pids, ports } = await start();
    const found = await platform.findListeners(pids.slice(1), 0);
    expect(found.map(({ port }) => port).sort()).toEqual(ports.slice(2).sort());
  });

  testHere(`finds nothing of a program that never was${why}`, async () => {
    expect(await platform.findFamily({ leader: 0, mark: 'wiregrade-test-nobody.' })).toEqual([]);
    expect(await platform.findListeners([], 0)).toEqual([]);
  });

  testHere(`refuses to look for what every process carries${why}`, async () => {
    await expect(platform.findFamily({ leader: 0, mark: '' })).rejects.toThrow('too short');
  });

  testHere(
    `signals a program and its group, and is not troubled by one that has gone${why}`,
    async () => {
      const { pids, mark } = await start();
      const [leader = 0, other = 0] = pids;
      await platform.signal(leader, 'SIGKILL');
      while ((await linux.findFamily({ leader, mark })).includes(leader))
        await new Promise(setImmediate);
      await expect(platform.signal(leader, 'SIGINT')).resolves.toBeUndefined();
      expect(await platform.findFamily({ leader, mark })).toEqual([other]);
    },
  );
});
