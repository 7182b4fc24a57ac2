// Runs in an outer cell, as the grader's worker does, and has each attack run in a cell of its own.
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { roomsOf } from '../../cell/bwrap/outer.ts';
import { closeInherited } from '../../cell/close-inherited.ts';
import { openCell } from '../../cell/confinement.ts';
import { Children } from '../../run/children.ts';
import { MARK } from '../../run/environment.ts';
import { choosePlatform } from '../../run/platform/choose.ts';
import { parseOrder, type Seen } from './parse-order.ts';

const [room = ''] = roomsOf(1);
closeInherited();
const cell = openCell({ folder: '/tmp', rooms: [room], bwrap: '/usr/bin/bwrap' });
const platform = choosePlatform('linux');
const mark = `wiregrade-attack-${randomBytes(8).toString('hex')}.`;
const children = new Children(platform, { mark }, cell.confine);

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await attack(line))}\n`);
}

async function attack(line: string): Promise<Seen> {
  const { program, name, command, args, withinMs } = parseOrder(line);
  const copy = join(room, 'copy');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  const file = join(copy, name);
  writeFileSync(file, program, { mode: 0o755 });
  const beganAt = performance.now();
  const child = await children.start({
    command: [command, file, ...args],
    cwd: copy,
    env: { [MARK]: `${mark}program.`, PORT: '18000', LANG: 'C.UTF-8', PYTHONUNBUFFERED: '1' },
    disk: { copy, fixed: [file], reads: [] },
  });
  await child.endsWithin(withinMs);
  await children.stopFamily(child);
  const { stdout, stderr, exit } = child;
  return {
    stdout: stdout.text(),
    printed: stdout.size,
    stderr: stderr.text(),
    exit: exit ?? { kind: 'code', code: -1 },
    ms: performance.now() - beganAt,
  };
}
