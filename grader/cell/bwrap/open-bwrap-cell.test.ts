import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { openArena, type Arena } from '../../testing/attacks/arena.ts';
import { CHILD_TABLE } from './outer.ts';

let arena: Arena;

beforeAll(async () => {
  arena = await openArena();
});

afterAll(async () => {
  await arena.close();
});

// Each was found by what it cost: a program looked through all time zones for its own, and a worker
// through hundreds of thousands of places for who listens.
test('a program finds its time zone at once, and the machine keeps few places for its connections', async () => {
  const { stdout } = await arena.inCell({ file: 'finds.mjs' });
  expect(JSON.parse(stdout)).toEqual({
    zone: 'UTC',
    zoneFile: '/usr/share/zoneinfo/Etc/UTC',
    ...(existsSync(CHILD_TABLE) && { places: 1024 }),
  });
});
