import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { readdirSync } from 'node:fs';
import { runCli, type CliRun } from '../testing/cli.ts';
import { echoServer, makeGrades, TRUSTED, type TestGrades } from '../testing/start-review.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

jest.setTimeout(60_000);

let grades: TestGrades;
let submission: TestSubmission | undefined;

beforeEach(() => {
  grades = makeGrades();
});

afterEach(() => {
  // Whatever is wrong, nothing is left.
  expect(readdirSync(grades.temporary)).toEqual([]);
  submission?.remove();
  grades.remove();
});

function runReview(...args: readonly string[]): Promise<CliRun> {
  return runCli(['review', ...args], { env: { TMPDIR: grades.temporary } });
}

describe('review', () => {
  it('shows why a program does not start', async () => {
    submission = makeSubmission({
      'http_serve1/http_serve1.ts': "throw new Error('no \\u001b[31mluck');",
    });
    grades.record('ann', { source: submission.folder });
    const { exitCode, stdout } = await runReview('week02', 'ann', '--out', grades.out, ...TRUSTED);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the program did not start [exited-early]');
    expect(stdout).toContain(String.raw`no \u001b[31mluck`);
    expect(stdout).toContain('in http_serve1/http_serve1.ts:1:');
  });

  describe('says in one sentence', () => {
    const refused = async (sentence: RegExp, ...args: readonly string[]): Promise<void> => {
      const { exitCode, stdout, stderr } = await runReview(
        ...args,
        '--out',
        grades.out,
        ...TRUSTED,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(sentence);
    };

    it('that there is no such lab', () => refused(/there is no lab "week99"/, 'week99', 'ann'));

    it('that nothing was graded there', () => refused(/holds no grades/, 'week02', 'ann'));

    it.each(['bob', '../ann', ''])('that there is no student "%s"', async (id) => {
      grades.record('ann', {});
      await refused(/nothing is recorded of a student/, 'week02', id);
    });

    it('that there was nothing to grade', async () => {
      const reason = 'it has no commit \u001b up to then';
      grades.record('ann', { key: '', outcome: { status: 'nothing', reason } });
      await refused(
        /nothing of ann to look at: it has no commit \\u001b up to then/,
        'week02',
        'ann',
      );
    });

    it('that the repository has gone', async () => {
      grades.record('ann', { commit: 'a'.repeat(40) });
      await refused(/is not in .* any more; run the batch again/, 'week02', 'ann');
    });

    it('that the folder has gone', async () => {
      grades.record('ann', {});
      await refused(/the work of ann: .*is not there/, 'week02', 'ann');
    });

    it('that there is no such stage', async () => {
      grades.record('ann', {});
      await refused(/no stage "http_serve9"/, 'week02', 'ann', '--stage', 'http_serve9');
    });

    it('that the student has no program of it', async () => {
      submission = makeSubmission({ 'echo_server/echo_server.ts': '' });
      grades.record('ann', { source: submission.folder });
      await refused(/ann has no program of athome/, 'week02', 'ann', '--stage', 'athome');
    });

    it.each(['0', '65536', 'x'])('that %s is no port', (port) =>
      refused(/is no port/, 'week02', 'ann', '--port', port),
    );

    it('that a sandbox is left out only by saying so', async () => {
      grades.record('ann', {});
      const args = ['week02', 'ann', '--out', grades.out, '--sandbox', 'none'];
      expect((await runReview(...args)).stderr).toContain('add --i-trust-this-code');
    });
  });

  it('says that its port is taken, and leaves nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    try {
      submission = makeSubmission(echoServer('socket.end()'));
      grades.record('ann', { source: submission.folder });
      const args = ['week02', 'ann', '--out', grades.out, ...TRUSTED, '--port', port];
      const { exitCode, stderr } = await runReview(...args);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
      expect(stderr).toMatch(/--port \d+ is taken/);
    } finally {
      server.close();
    }
  });
});
