import { afterEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import type { Job } from './job.ts';
import { Slot, type StartWorker } from './slot.ts';

const JOB: Job = { lab: 'week02', folder: '/nowhere', stages: [], seed: 1 };
const LONG_MS = 60_000;

/** Answers its first job by what it is given, and ends. */
const answerBy = (text: string): ChildProcess =>
  spawn(process.execPath, ['-e', `process.stdin.once('data', () => { ${text} })`]);

const answers = (): ChildProcess =>
  answerBy(`console.log('{"status":"graded","stages":[]}'); process.stdin.destroy();`);
const notThere = (): ChildProcess => spawn('/nowhere/taskset', []);
const throws = (): ChildProcess => {
  throw new Error('spawn ENOMEM');
};
const breaksOff = (): ChildProcess => answerBy(`process.stdout.write('{"sta', process.exit);`);

let slot: Slot | undefined;
afterEach(() => slot?.close());

/** A slot whose workers are started by these, one after the other. */
function slotOf(...starts: readonly StartWorker[]): Slot {
  const left = [...starts];
  return (slot = new Slot(() => {
    const start = left.shift();
    if (!start) throw new Error('it was asked once too often');
    return start();
  }));
}

test.each([
  ['is not there', notThere, /could not be started: .*ENOENT/],
  ['cannot be started', throws, /could not be started: spawn ENOMEM/],
  ['breaks off amid its answer', breaksOff, /ended amid its answer/],
])('a worker that %s costs one more try, and then the job is broken', async (_, start, reason) => {
  const answer = await slotOf(start, start).grade(JOB, LONG_MS);
  expect(answer).toEqual({ status: 'broken', reason: expect.stringMatching(reason) });
});

test.each([
  ['is not there', notThere],
  ['cannot be started', throws],
  ['breaks off amid its answer', breaksOff],
])('a worker that %s is replaced by one that grades', async (_, start) => {
  const answer = await slotOf(start, answers).grade(JOB, LONG_MS);
  expect(answer).toEqual({ status: 'graded', stages: [] });
});
