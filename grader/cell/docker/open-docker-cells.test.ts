import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDockerCells } from './open-docker-cells.ts';
import { sendOrder } from './order/send-order.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cells-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A client that writes down what it is told; whatever it starts is told apart by that. */
const CLIENT = `#!/bin/sh
printf '%s\n' "$*" >>"$LOG"
case "$1" in run) echo its-id ;; inspect) echo 1 ;; esac
`;

const itOnLinux = process.platform === 'linux' ? it : it.skip;

itOnLinux('looks for what is left of a run when no program is started any more', async () => {
  const log = join(folder, 'log');
  writeFileSync(join(folder, 'docker'), CLIENT, { mode: 0o755 });
  const environment = { PATH: `${folder}:/usr/bin:/bin`, LOG: log };
  const places = { project: folder, temporary: folder };
  const cells = await openDockerCells({ kind: 'docker', image: 'image', ...places, environment });
  await cells.prepare({ script: [], runtimes: [], typed: [], sees: [], rooms: 0 }, 0);
  const [place = ''] = readdirSync(folder).filter((name) => name.startsWith('wiregrade-'));
  await sendOrder(join(folder, place, '0/shared/socket'), {
    ...{ command: ['true'], cwd: '/', environment: {}, room: undefined },
    ...{ fixed: [], reads: [], takesNotes: false },
  });
  await cells.close();
  const told = readFileSync(log, 'utf8').split('\n');
  const removed = told.indexOf('rm --force --volumes its-id');
  expect(removed).toBeGreaterThan(-1);
  expect(told.findIndex((line) => line.includes('label=wiregrade.run='))).toBeGreaterThan(removed);
});
