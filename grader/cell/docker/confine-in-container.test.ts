import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../../run/child.ts';
import { MARK } from '../../run/environment.ts';
import { linux } from '../../run/platform/linux.ts';
import { openContainerCell } from './confine-in-container.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'container-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Larger than the system's numbers are. */
const NO_PROCESS = 2 ** 22 + 1;

const itOnLinux = process.platform === 'linux' ? it : it.skip;

itOnLinux('lets go of a container that cannot be taken hold of', async () => {
  const server = createServer((socket) => {
    socket.write(`${JSON.stringify({ status: 'started', pid: NO_PROCESS, pipes: folder })}\n`);
  });
  const socketPath = join(folder, 'socket');
  server.listen(socketPath);
  const asked = once(server, 'connection').then(([socket]: Socket[]) => socket);
  const { confine } = openContainerCell({ socketPath, rooms: [], project: folder });
  const launch = {
    command: ['true'],
    cwd: '/',
    env: { [MARK]: 'wiregrade-test-of-lease.' },
  } as const;
  try {
    await expect(Child.start(launch, { platform: linux, confine })).rejects.toThrow(
      'the cell ended before its program began',
    );
    const connection = await asked;
    // What was said on it is of no account; that it is over is.
    connection?.resume();
    if (connection?.closed !== true) await once(connection ?? server, 'close');
  } finally {
    server.close();
  }
});
