import { expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { unlessAborted } from './unless-aborted.ts';

const never = new Promise<never>(() => undefined);

test('gives what came before the signal, and leaves nothing behind on it', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve(7), signal, 'it')).toBe(7);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('ends with the signal, says what was stopped, and keeps the reason', async () => {
  const controller = new AbortController();
  const waits = unlessAborted(never, controller.signal, 'the grading');
  controller.abort('Ctrl-C');
  await expect(waits).rejects.toMatchObject({
    message: 'the grading was stopped',
    cause: 'Ctrl-C',
  });
});

test('does not begin to wait once the signal has come', async () => {
  const waits = unlessAborted(Promise.resolve(7), AbortSignal.abort(), 'it');
  await expect(waits).rejects.toThrow('it was stopped');
});
