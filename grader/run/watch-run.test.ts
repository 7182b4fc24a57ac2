import { afterEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import { ENVIRONMENT } from '../testing/cli.ts';
import { makeSubmission } from '../testing/submission.ts';
import type { Child } from './child.ts';
import { Children } from './children.ts';
import { MARK } from './environment.ts';
import { linux } from './platform/linux.ts';
import { unix } from './platform/unix.ts';
import { watchRun } from './watch-run.ts';

let end: (() => Promise<void>) | undefined;
afterEach(() => end?.());

/** Starts a program, and waits until it says that it is ready. It ends by itself soon. */
async function start(program: string): Promise<Child> {
  const mark = `wiregrade-watch-${String(process.pid)}-${String(process.hrtime.bigint())}.`;
  const source = `setTimeout(() => process.exit(), 60_000);\nconsole.log('ready');\n${program}`;
  const { folder, remove } = makeSubmission({ 'program.mjs': source });
  const children = new Children(linux, { mark });
  end = async () => {
    await children.halt();
    remove();
  };
  const child = await children.start({
    command: [process.execPath, join(folder, 'program.mjs')],
    cwd: folder,
    env: { PATH: ENVIRONMENT.PATH ?? '', [MARK]: mark },
  });
  const said = child.stdout.watch('ready');
  while (!child.stdout.text().includes('ready')) await said(10);
  return child;
}

/** Watches for longer than it takes until it is looked for the first time. */
async function wasFree(child: Child, { platform = linux, forMs = 600 } = {}): Promise<boolean> {
  const watch = watchRun(child, platform);
  try {
    await passes(forMs);
    return await watch.wasFree();
  } finally {
    watch.stop();
  }
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux(`a program that is watched${process.platform === 'linux' ? '' : ' (Linux only)'}`, () => {
  test('is free where it does nothing, as soon as the grader is', async () => {
    const idle = await start("(await import('node:net')).createServer().listen(0, '127.0.0.1');");
    // It is not where other work keeps this process from looking in time.
    while (!(await wasFree(idle)));
    expect(idle.exit).toBeUndefined();
  });

  test.each([
    ['it is at work', 'for (;;);'],
    [
      'others worked for it, and have gone',
      "const { spawnSync } = await import('node:child_process');\nfor (;;) spawnSync('true');",
    ],
    ['it has been stopped', "process.kill(process.pid, 'SIGSTOP');"],
  ])('is not known to be free where %s', async (_, program) => {
    expect(await wasFree(await start(program))).toBe(false);
  });

  test('is not known to be free where nobody has looked before, or the system does not tell', async () => {
    const idle = await start('');
    expect(await wasFree(idle, { forMs: 0 })).toBe(false);
    expect(await wasFree(idle, { platform: unix })).toBe(false);
  });
});
