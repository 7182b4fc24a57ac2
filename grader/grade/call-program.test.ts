import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { failuresOf, gradeTest } from '../testing/grade.ts';
import { makeMemory, type Memory } from '../testing/late-programs.ts';
import { editSolution, type TestSubmission } from '../testing/submission.ts';

let memory: Memory;
let submission: TestSubmission | undefined;

beforeEach(() => {
  memory = makeMemory();
});

afterEach(() => {
  submission?.remove();
  memory.remove();
});

const PARSE = 'export function parseRequest(request: string): string {';

/** Grades a server that notes each start, with something done in its parseRequest. */
async function grade(onRequest: string): Promise<string[]> {
  submission = editSolution('http_serve3', [
    [
      PARSE,
      `import { appendFileSync } from 'node:fs';
      const note = (what) => appendFileSync('${memory.folder}/notes', what + '\\n');
      note('start');
      let spoiled = false;
      ${PARSE} ${onRequest}`,
    ],
  ]);
  return failuresOf(await gradeTest(submission.folder, ['http_serve3']));
}

test('the functions that several checks call are called in one process', async () => {
  expect(await grade('')).toEqual([]);
  // One is the server.
  expect(memory.notes()).toEqual(['start', 'start']);
});

test('a function that an earlier call has spoiled is called in a process of its own before it is blamed', async () => {
  const failures = await grade(
    "spoiled ||= request.includes('Accept: */*'); if (spoiled && !request.includes('Accept')) return '/';",
  );
  expect(failures).toEqual([]);
  expect(memory.notes()).toEqual(['start', 'start', 'start']);
});

test('a function that ends its process is blamed for its own calls alone', async () => {
  const failures = await grade("if (request.includes('Accept: */*')) process.exit(3);");
  expect(failures).toEqual([expect.stringContaining('http_serve3/parse-request: ')]);
});
