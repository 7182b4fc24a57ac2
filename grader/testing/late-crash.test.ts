import { afterEach, expect, test } from '@jest/globals';
import { failuresOf, gradeTest } from './grade.ts';
import { editSolution, type TestSubmission } from './submission.ts';

let submission: TestSubmission | undefined;
afterEach(() => submission?.remove());

async function grade(onClose: string): Promise<string[]> {
  const listen = "socket.on('error',";
  submission = editSolution('http_serve2', [
    [listen, `socket.on('close', () => { ${onClose} });\n  ${listen}`],
  ]);
  return failuresOf(await gradeTest(submission.folder, ['http_serve2']));
}

test('a program that crashes once a client has its answer fails the check that had it', async () => {
  const failures = await grade("throw new Error('too late')");
  expect(failures).toEqual([
    'http_serve2/status-line: crashed',
    'http_serve2/real-client: crashed',
  ]);
});

test('a program that is ended by the grader has not crashed', async () => {
  expect(await grade("process.once('SIGINT', () => process.exit(1))")).toEqual([]);
});
