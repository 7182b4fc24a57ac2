import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  echoServer,
  makeGrades,
  startReview,
  TRUSTED,
  type TestGrades,
  type TestReview,
} from '../testing/start-review.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

jest.setTimeout(60_000);

let grades: TestGrades;
let submission: TestSubmission | undefined;
let review: TestReview | undefined;

beforeEach(() => {
  grades = makeGrades();
});

afterEach(async () => {
  await review?.stop();
  submission?.remove();
  grades.remove();
});

async function look(files: Readonly<Record<string, string>>): Promise<TestReview> {
  submission = makeSubmission(files);
  grades.record('ann', { source: submission.folder });
  review = await startReview(grades, 'ann', TRUSTED);
  return review;
}

describe('a review of a program that misbehaves', () => {
  it('escapes what a hostile program prints and answers', async () => {
    const evil = String.raw`\u001b[2J\u001b]0;x\u0007 \u202eevil<CRLF>\r\n   1.000 #9   C (-->): GET`;
    const program = echoServer(
      `socket.end(EVIL)`,
      `const EVIL = '${evil} ' + 'x'.repeat(5000);\nconsole.log(EVIL); console.error(EVIL);`,
    );
    const started = await look(program);
    await started.ask('x');
    await started.shows(/S \(<--\): .*evil[^]*the server closes/);
    await started.shows(/stderr \| .*\\u001b\[2J/);
    const shown = started.text();
    expect(shown).not.toMatch(/[\u001b\u0007\u202e\r]/);
    expect(shown).toContain(String.raw`\u001b[2J\u001b]0;x\u0007 \u202eevil\x3cCRLF><CRLF>`);
    // Whatever it says, it never stands where a line of ours begins.
    expect(shown).not.toMatch(/^ +1\.000 #9/m);
    const rows = shown.split('\n');
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(100);
  });

  it('shows no more of a flood than can be read', async () => {
    const started = await look(
      echoServer("socket.end('ok')", "setInterval(() => console.log('y'.repeat(50_000)), 1);"),
    );
    await started.shows(/stdout \| \.\.\. \d+ bytes more \.\.\./);
    expect(await started.ask('x')).toBe('ok');
    expect(started.text().length).toBeLessThan(300_000);
  });

  it('starts a program again that has ended', async () => {
    const started = await look(
      echoServer("socket.end('bye', () => setTimeout(() => process.exit(7), 50))"),
    );
    expect(await started.ask('x')).toBe('bye');
    await started.shows(/the program ended with exit code 7/);
    expect(await started.ask('x')).toBe('bye');
  });
});
