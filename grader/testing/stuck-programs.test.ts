import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { gradeTest } from './grade.ts';
import { makeSubmission, type TestSubmission } from './submission.ts';

jest.setTimeout(60_000);

let submission: TestSubmission | undefined;
afterEach(() => submission?.remove());

/** What is noted of the first failure of an echo server. @param serve what it does for each client */
async function noteOn(serve: string): Promise<readonly (string | undefined)[]> {
  submission = makeSubmission({
    'echo_server/echo_server.mjs': `import { createServer } from 'node:net';
let clients = 0;
createServer((socket) => {
  socket.on('error', () => undefined);
  clients += 1;
  ${serve}
}).listen(Number(process.env.PORT), '127.0.0.1');
`,
  });
  const stages = await gradeTest(submission.folder, ['echo_server'], { traced: 'first' });
  const failures = stages
    .flatMap(({ checks }) => checks)
    .flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.diagnosis] : []));
  return failures.map(({ note }) => note);
}

const STUCK = expect.stringMatching(/^Started anew and asked this first, .* Possibly /);

describe('a program that answers nothing', () => {
  test('after its first client is told that it does right by a first one', async () => {
    const [first, ...others] = await noteOn('if (clients === 1) socket.pipe(socket);');
    expect(first).toEqual(STUCK);
    expect(others).not.toContainEqual(STUCK);
  });

  test.each([
    [
      'to a long request, whoever comes first',
      "socket.on('data', (bytes) => bytes.length < 50 && socket.write(bytes));",
    ],
    ['to anybody', 'socket.resume();'],
  ])('%s is not told so', async (_, serve) => {
    expect(await noteOn(serve)).not.toContainEqual(STUCK);
  });
});
