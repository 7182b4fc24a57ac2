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

test('a program whose first process fails while another serves has not crashed', async () => {
  submission = editSolution('http_serve2', [
    [
      /^if \(basename\(process\.argv\[1\].*$/m,
      `import { spawn } from 'node:child_process';
      if (process.env.SERVES) setTimeout(start, 400);
      else if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) {
        const env = { ...process.env, SERVES: '1' };
        spawn(process.execPath, process.argv.slice(1), { env, stdio: 'inherit', detached: true });
        process.exit(3);
      }`,
    ],
  ]);
  expect(failuresOf(await gradeTest(submission.folder, ['http_serve2']))).toEqual([]);
});
