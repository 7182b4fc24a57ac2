import { expect, test } from '@jest/globals';
import { FileGone } from '../../model/errors.ts';
import { keepGrading } from './keep-grading.ts';

test('grades once more where a file went away meanwhile, and tells nothing of that', async () => {
  const end = new AbortController();
  const told: string[] = [];
  let gradings = 0;
  const kept = keepGrading({
    snapshot: () => ({
      state: 'taken',
      submission: { root: '/submission', homes: ['.'] },
      stages: new Map([['echo_server', { fingerprint: 'the same', hasProgram: true }]]),
    }),
    grade: () => {
      gradings += 1;
      if (gradings === 1) return Promise.reject(new FileGone('/submission/a.tmp'));
      end.abort();
      return Promise.resolve();
    },
    changes: {
      next: (withinMs) =>
        withinMs === undefined ? new Promise(() => undefined) : Promise.resolve([]),
      listen: () => () => undefined,
      close: () => Promise.resolve(),
    },
    signal: end.signal,
    onStage: () => told.push('a stage'),
    onEnd: () => told.push('an end'),
    onUnusable: (message) => told.push(message),
  });
  await expect(kept).rejects.toThrow('aborted');
  expect({ gradings, told }).toEqual({ gradings: 2, told: [] });
});
