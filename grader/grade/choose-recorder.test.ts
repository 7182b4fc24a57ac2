import { expect, test } from '@jest/globals';
import { check, type Check } from '../lab/check.ts';
import { Recorder } from '../wire/recorder.ts';
import { chooseRecorder } from './choose-recorder.ts';

const facts = { points: 1, hints: ['a', 'b', 'c'] } as const;
const first = check('first', 'asks', { ...facts, run: () => undefined });
const second = check('second', 'looks', { ...facts, after: first, run: () => undefined });
const third = check('third', 'looks as well', { ...facts, after: second, run: () => undefined });

function recordConnection(): Recorder {
  const recorder = new Recorder();
  recorder.note({ kind: 'connected', connection: recorder.nextConnection() });
  return recorder;
}

test('is that of the nearest check before that asked something, where a check asked nothing', () => {
  const asked = recordConnection();
  const attempts = new Map<Check, Recorder>([
    [first, asked],
    [second, new Recorder()],
  ]);
  expect(chooseRecorder(third, new Recorder(), attempts)).toBe(asked);
});

test('is its own, where it asked something, or another client did for it', () => {
  const attempts = new Map<Check, Recorder>([[first, recordConnection()]]);
  const own = recordConnection();
  const others = new Recorder();
  others.countOther();
  expect(chooseRecorder(second, own, attempts)).toBe(own);
  expect(chooseRecorder(second, others, attempts)).toBe(others);
});

test('is its own, where nobody asked anything', () => {
  const own = new Recorder();
  expect(chooseRecorder(third, own, new Map())).toBe(own);
});
