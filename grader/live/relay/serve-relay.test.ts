import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { MachineFault } from '../../model/errors.ts';
import { writeFrame } from './frames.ts';
import { serveRelay } from './serve-relay.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relay-'));
});
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true });
});

test('refuses a client where the program cannot be reached, and tells the fault', async () => {
  const fault = new MachineFault('there is no port left');
  const faults: unknown[] = [];
  server = await serveRelay(join(folder, 'socket'), {
    reach: () => Promise.reject(fault),
    onFault: (error) => faults.push(error),
  });
  const client = connect(join(folder, 'socket'));
  await once(client, 'connect');
  expect(await buffer(client)).toEqual(writeFrame({ kind: 'refused' }));
  expect(faults).toEqual([fault]);
});
