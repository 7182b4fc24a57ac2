import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Edit } from '../lab/proofs.ts';
import type { StageResult } from '../model/result.ts';
import { failuresOf, gradeTest } from './grade.ts';
import { listAskedAgain, makeMemory, pageServer, type Memory } from './late-programs.ts';
import { editSolution, makeSubmission, type TestSubmission } from './submission.ts';

jest.setTimeout(120_000);

let memory: Memory;
let submission: TestSubmission | undefined;
beforeEach(() => {
  memory = makeMemory();
});
afterEach(() => {
  memory.remove();
  submission?.remove();
});

describe('a program that is late once', () => {
  test('passes where it is silent to its very first request, and the record says so', async () => {
    const stages = await grade({
      http_serve1: pageServer(memory, "note('asked'); if (!first('silent')) answer();"),
    });
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve1/html: silent']);
    expect(memory.notes()).toHaveLength(4);
    expect(stages[0]?.points.earned).toBe(10);
    expect(stages[0]?.remarks).toEqual([expect.stringMatching(/^html passed when .* At first/)]);
  });

  test('passes where its page did not end, which a later check was to tell', async () => {
    const stages = await grade({
      http_serve1: pageServer(memory, "if (first('open')) socket.write(page); else answer();"),
    });
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve1/ends: never-ends']);
  });

  test('is graded where it did not listen at its first start', async () => {
    const late = pageServer(
      memory,
      'answer();',
      "first('start') ? setTimeout(listen, 11_000, port) : listen(port)",
    );
    const stages = await grade({ http_serve1: late });
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve1/listens-where-told: never-listened']);
    expect(stages[0]?.remarks).toEqual([expect.stringContaining('Started once more')]);
  });

  test('is graded on its own port where it opened another one long before', async () => {
    const other = "createServer((socket) => socket.end('no page')).listen(0);";
    const late = pageServer(
      memory,
      'answer();',
      `${other} first('start') ? setTimeout(listen, 2500, port) : listen(port)`,
    );
    const stages = await grade({ http_serve1: late });
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve1/listens-where-told: wrong-port']);
  });

  test('passes where its function did not return at the first call', async () => {
    const stages = await gradeEdited(
      'http_serve3',
      [
        ['import { readFileSync }', 'import { existsSync, mkdirSync, readFileSync }'],
        [
          'const [line =',
          `while (!existsSync('${memory.folder}/called')) { mkdirSync('${memory.folder}/called'); for (;;); }\n  const [line =`,
        ],
      ],
      'parse-request',
    );
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve3/parse-request: never-returned']);
  });

  test('passes where it printed late', async () => {
    const stages = await gradeEdited(
      'http_serve3',
      [
        ['import { readFileSync }', 'import { existsSync, mkdirSync, readFileSync }'],
        [
          'console.log(parseRequest(request));',
          `if (existsSync('${memory.folder}/printed')) console.log(parseRequest(request));\n    else mkdirSync('${memory.folder}/printed');`,
        ],
      ],
      'logs-uri',
    );
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve3/logs-uri: not-logged']);
  });

  test('passes where it gave up a client that paused between the pieces of a request', async () => {
    const stages = await gradeEdited(
      'http_serve3',
      [
        ['import { readFileSync }', 'import { existsSync, mkdirSync, readFileSync }'],
        [
          'received = Buffer.concat([received, bytes]);',
          `received = Buffer.concat([received, bytes]);
    if (received.byteLength < 4 && !existsSync('${memory.folder}/gave-up')) {
      mkdirSync('${memory.folder}/gave-up');
      socket.destroy();
      return;
    }`,
        ],
      ],
      'split-request',
    );
    expect(failuresOf(stages)).toEqual([]);
    expect(listAskedAgain(stages)).toEqual(['http_serve3/split-request: closed-empty']);
  });
});

describe('a program that is always late', () => {
  test('fails, and was asked just twice', async () => {
    const stages = await grade({ http_serve1: pageServer(memory, "note('asked');") });
    expect(failuresOf(stages)).toEqual(['http_serve1/html: silent']);
    expect(listAskedAgain(stages)).toEqual(['http_serve1/html: silent']);
    expect(memory.notes()).toHaveLength(2);
  });

  test('fails where it never serves its second client', async () => {
    submission = makeSubmission({
      'echo_server/echo_server.cjs': `
        let served = 0;
        require('node:net').createServer((socket) => {
          socket.on('error', () => {});
          socket.on('data', (bytes) => { if (served < 1) socket.write(bytes); });
          socket.once('data', () => served++);
          socket.on('end', () => socket.end());
        }).listen(Number(process.env.PORT), '127.0.0.1');
      `,
    });
    const stages = await gradeTest(submission.folder, ['echo_server']);
    expect(failuresOf(stages)).toEqual(['echo_server/browser-request: silent']);
    expect(listAskedAgain(stages)).toEqual(['echo_server/browser-request: silent']);
  });

  test('fails where it never listens, and was started just twice', async () => {
    const stages = await grade({ http_serve1: pageServer(memory, 'answer();', "note('started')") });
    expect(failuresOf(stages)).toEqual(['http_serve1/listens-where-told: never-listened']);
    expect(listAskedAgain(stages)).toEqual(['http_serve1/listens-where-told: never-listened']);
    expect(memory.notes()).toHaveLength(2);
  });

  test('fails where its function never returns, by the call that did not', async () => {
    const loop = "if (line.startsWith('POST')) for (;;);\n  const [, method, uri] =";
    const stages = await gradeEdited(
      'http_serve3',
      [['const [, method, uri] =', loop]],
      'rejects-bad-requests',
    );
    expect(failuresOf(stages)).toEqual(['http_serve3/rejects-bad-requests: never-returned']);
    expect(listAskedAgain(stages)).toEqual(['http_serve3/rejects-bad-requests: never-returned']);
    const failed = stages[0]?.checks.find(({ outcome }) => outcome.status === 'failed');
    expect(failed?.outcome).toMatchObject({
      diagnosis: { summary: expect.stringMatching(/^parseRequest\("POST .* did not return/) },
    });
  });
});

async function grade(programs: Readonly<Record<string, string>>): Promise<readonly StageResult[]> {
  const stages = Object.keys(programs);
  submission = makeSubmission(
    Object.fromEntries(stages.map((stage) => [`${stage}/${stage}.cjs`, programs[stage] ?? ''])),
  );
  return gradeTest(submission.folder, stages);
}

async function gradeEdited(stage: string, edits: readonly Edit[], only?: string) {
  submission = editSolution(stage, edits);
  return gradeTest(submission.folder, [stage], only === undefined ? {} : { only });
}
