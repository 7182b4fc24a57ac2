import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { check, stage } from '../lab/index.ts';
import { labFolder } from '../course/project.ts';
import { gradeUrl } from './grade-url.ts';

let server: Server;
beforeEach(async () => {
  server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
});

function portOf(listening: Server): number {
  const address = listening.address();
  return typeof address === 'object' && address ? address.port : 0;
}

test('what builds on a check that broke is not judged, and its points are not counted', async () => {
  const hints = ['A question.', 'What is meant by it.', 'Nearly the answer.'] as const;
  const breaks = check('breaks', 'breaks the grader', {
    ...{ points: 3, hints },
    run: () => Promise.reject(new TypeError('a bug of ours')),
  });
  const builds = check('builds', 'builds on it', {
    ...{ points: 5, hints, after: breaks },
    run: () => Promise.resolve(),
  });
  const furthest = check('furthest', 'builds on that', {
    ...{ points: 7, hints, after: builds },
    run: () => Promise.resolve(),
  });
  const plain = check('plain', 'gets an answer', {
    ...{ points: 2, hints },
    run: async ({ server: asked }) => {
      await asked.get('/');
    },
  });
  const tested = stage('tested', 'a stage of a test', [breaks, builds, furthest, plain]);
  const [result] = await gradeUrl([{ stage: tested, checks: tested.checks }], {
    address: { host: '127.0.0.1', port: portOf(server) },
    ...{ web: undefined, lab: labFolder('week02'), givenFiles: [], seed: 1 },
    now: () => new Date(0),
    onStage: () => undefined,
  });
  expect(result?.checks.map(({ outcome }) => outcome.status)).toEqual([
    ...['broken', 'not-judged', 'not-judged', 'passed'],
  ]);
  expect(result?.points).toMatchObject({ earned: 2, possible: 2 });
});
