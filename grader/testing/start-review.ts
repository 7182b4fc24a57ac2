import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as streamText } from 'node:stream/consumers';
import { openRecords } from '../batch/records.ts';
import type { BatchRecord } from '../model/gradebook.ts';
import { until } from './attacks/until.ts';
import { startCli } from './cli.ts';
import { isAlive, listDescendants } from './start-live.ts';

/** A folder of grades made for one test. Who makes it removes it. */
export interface TestGrades {
  readonly out: string;
  /** The folder for temporary files of what is started. */
  readonly temporary: string;
  /** More for the environment of what is started. */
  readonly env?: Readonly<Record<string, string>>;
  /** Records a student, by where the work is. */
  readonly record: (
    id: string,
    facts: Partial<Pick<BatchRecord, 'source' | 'commit' | 'key' | 'outcome' | 'path'>>,
  ) => void;
  readonly remove: () => void;
}

export function makeGrades(): TestGrades {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'grades-')));
  const [out, temporary] = [join(folder, 'out'), join(folder, 'tmp')];
  mkdirSync(temporary);
  // Those who run a cell go through here.
  execFileSync('chmod', ['711', folder, temporary]);
  return {
    out,
    temporary,
    record: (id, facts) => {
      openRecords(out).keep({
        schema: 'wiregrade/batch-record/1',
        student: { id, name: '', email: '', section: '' },
        source: '/nowhere',
        key: 'key',
        gradedAt: '2026-10-02T06:00:00.000Z',
        outcome: { status: 'broken', reason: 'this is a test' },
        ...facts,
      });
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The options of a review whose program runs in no cell. */
export const TRUSTED: readonly string[] = ['--sandbox', 'none', '--i-trust-this-code'];

/**
 * The program of the lab's first stage, as a server of its own.
 *
 * @param onSocket what it does with each `socket`
 * @param first what it does before it listens
 */
export function echoServer(onSocket: string, first = ''): Record<string, string> {
  const program = `import { createServer } from 'node:net';
${first}
createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  ${onSocket}
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
  return { 'echo_server/echo_server.ts': program };
}

/** A review that goes on. */
export interface TestReview {
  readonly url: URL;
  /** What has been shown so far. */
  readonly text: () => string;
  /** Waits until this has been shown. */
  readonly shows: (pattern: RegExp) => Promise<void>;
  /** Sends something to the program, with an end behind it, and gives what comes back. */
  readonly ask: (request: string) => Promise<string>;
  /** All processes that it has started, and itself. */
  readonly processes: () => readonly string[];
  /** Presses Ctrl+C. */
  readonly stop: () => Promise<{ readonly exitCode: number | undefined; readonly left: string[] }>;
}

/** Starts `review`, and waits until the program can be reached. */
export async function startReview(
  { out, temporary, env = {} }: TestGrades,
  id: string,
  args: readonly string[],
): Promise<TestReview> {
  const review = startCli(['review', 'week02', id, '--out', out, ...args], {
    env: { TMPDIR: temporary, ...env },
  });
  let text = '';
  let hasEnded = false;
  review.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
  review.stderr.on('data', (piece: Buffer) => (text += piece.toString()));
  void review.then(() => (hasEnded = true));
  const shows = (pattern: RegExp): Promise<void> =>
    until(() => {
      if (hasEnded && !pattern.test(text)) throw new Error(`the review ended: ${text}`);
      return pattern.test(text);
    });
  await shows(/stop +Ctrl\+C/);
  const processes = (): readonly string[] => listDescendants(String(review.pid));
  const url = new URL(/^open +(\S+)$/m.exec(text)?.[1] ?? '');
  return {
    url,
    text: () => text,
    ask: (request) => {
      const socket = connect({ host: url.hostname, port: Number(url.port) });
      socket.end(request);
      return streamText(socket);
    },
    shows,
    processes,
    stop: async () => {
      const before = processes();
      review.kill('SIGINT');
      const { exitCode } = await review;
      // The last of them, which watched over the others, is told to end and not waited for.
      await until(() => !before.some(isAlive));
      return { exitCode, left: readdirSync(temporary) };
    },
  };
}
