// Runs in an outer cell, as the grader's worker does, and has each attack run in a cell of its own.
import { spawn, type StdioOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openBwrapCell } from '../../cell/bwrap/open-bwrap-cell.ts';
import { closeInherited } from '../../cell/close-inherited.ts';
import { openContainerCell } from '../../cell/docker/confine-in-container.ts';
import { roomsOf } from '../../cell/rooms.ts';
import type { Child } from '../../run/child.ts';
import { Children } from '../../run/children.ts';
import { MARK } from '../../run/environment.ts';
import { choosePlatform } from '../../run/platform/choose.ts';
import { parseOrder, type Seen } from './parse-order.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { rooms: text, through: text, leaks: text } });
if (values.leaks !== undefined) await startLeaking(values.leaks);
const rooms = roomsOf(1);
const [room = ''] = rooms;
closeInherited();
const cell =
  values.through === undefined
    ? openBwrapCell({ folder: '/tmp', rooms, bwrap: '/usr/bin/bwrap' })
    : openContainerCell({ socketPath: values.through, rooms, project: '/nowhere' });
const platform = choosePlatform('linux');
const mark = `wiregrade-attack-${randomBytes(8).toString('hex')}.`;
const children = new Children(platform, { mark }, cell.confine);

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await attack(line))}\n`);
}

async function attack(line: string): Promise<Seen> {
  const { program, name, command, args, withinMs, before } = parseOrder(line);
  const copy = join(room, 'copy');
  const folder = join(copy, 'stage');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, program, { mode: 0o755 });
  const beganAt = performance.now();
  const run = async (given: readonly string[]): Promise<Child> => {
    const child = await children.start({
      command: [command === 'node' ? process.execPath : command, file, ...given],
      cwd: folder,
      env: { [MARK]: `${mark}program.`, PORT: '18000', LANG: 'C.UTF-8', PYTHONUNBUFFERED: '1' },
      disk: { copy, fixed: [{ path: file, bytes: Buffer.from(program) }], reads: [] },
    });
    await child.endsWithin(withinMs);
    await children.stopFamily(child);
    return child;
  };
  if (before) await run(before);
  const child = await run(args);
  const { stdout, stderr, exit } = child;
  return {
    stdout: stdout.text(),
    printed: stdout.size,
    stderr: stderr.text(),
    exit: exit ?? { kind: 'code', code: -1 },
    ms: performance.now() - beganAt,
  };
}

/** Becomes a process that was started with a file open. */
async function startLeaking(path: string): Promise<never> {
  const file = openSync(path, 'r');
  const [, script = ''] = process.argv;
  const through = values.through === undefined ? [] : ['--through', values.through];
  const stdio: StdioOptions = [
    'inherit',
    'inherit',
    'inherit',
    ...Array<'ignore'>(6).fill('ignore'),
    file,
  ];
  const child = spawn(process.execPath, [script, ...through], { stdio });
  await once(child, 'exit');
  process.exit();
}
