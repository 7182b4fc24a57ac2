import { expect, test } from '@jest/globals';
import { followSaves } from './follow-saves.ts';
import type { Snapshot } from './snapshot.ts';

const snapshotOf = (fingerprint: string): Snapshot => ({
  state: 'taken',
  submission: { root: '/submission', homes: ['.'] },
  stages: new Map([['echo_server', { fingerprint, hasProgram: true }]]),
});

/** Follows one change, after which no other comes. @returns how often it was told, up to two times */
async function followOne(answers: readonly boolean[]): Promise<number> {
  const end = new AbortController();
  let [told, waits] = [0, 0];
  const never = new Promise<readonly string[]>(() => undefined);
  await followSaves({
    changes: {
      next: (withinMs) => {
        waits += 1;
        if (waits === 1) return Promise.resolve(['/submission/a.ts']);
        if (withinMs === undefined) end.abort();
        return withinMs === undefined ? never : Promise.resolve([]);
      },
      listen: () => () => undefined,
      close: () => Promise.resolve(),
    },
    before: snapshotOf('old'),
    snapshot: () => snapshotOf('new'),
    stage: 'echo_server',
    onSave: () => {
      told += 1;
      return answers[told - 1] ?? true;
    },
    onUnusable: () => undefined,
    signal: end.signal,
  }).catch(() => undefined);
  return told;
}

test('tells once of what was saved', async () => {
  expect(await followOne([true])).toBe(1);
});

test('tells once more where files went away meanwhile, though nothing else changes', async () => {
  expect(await followOne([false, true])).toBe(2);
});
