import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fetchFork } from '../batch/fetch/fetch-fork.ts';
import { MadeRepository } from '../batch/fetch/made-repository.ts';
import { tryCells } from '../cell/try/try-cells.ts';
import { PROJECT, solutionsFolder } from '../course/project.ts';
import { BWRAP_CELLS } from '../testing/bwrap-cells.ts';
import { ENVIRONMENT } from '../testing/cli.ts';
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

const cells = await tryCells(BWRAP_CELLS);

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
  [review, submission] = [undefined, undefined];
});

/** Records a submission, and starts to look at it. */
async function look(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<TestReview> {
  submission = makeSubmission(files);
  grades.record('ann', { source: submission.folder });
  review = await startReview(grades, 'ann', args);
  return review;
}

/** Looks at the worked solutions, with a text file in them. */
function lookAtSolutions(...args: readonly string[]): Promise<TestReview> {
  submission = makeSubmission({ 'athome/web/about me.txt': 'I made this.\n' });
  const { folder } = submission;
  cpSync(solutionsFolder('week02'), folder, {
    recursive: true,
    filter: (path) => !/proofs|what_i_did/.test(path),
  });
  grades.record('ann', { source: folder });
  return startReview(grades, 'ann', args).then((started) => (review = started));
}

describe.each([
  { name: 'in a cell', args: [], lacking: cells.works ? '' : cells.reason },
  { name: 'without a sandbox', args: TRUSTED, lacking: '' },
])('a review $name', ({ args, lacking }) => {
  const itHere = lacking === '' ? it : it.skip;
  const why = lacking === '' ? '' : ` (skipped: ${lacking})`;

  itHere(`shows what passes, and ends without a trace on Ctrl-C${why}`, async () => {
    const { url, shows, text: shown, processes, stop } = await lookAtSolutions(...args);
    expect(url.pathname).toBe('/about%20me.txt');
    expect(await (await fetch(url)).text()).toBe('I made this.\n');
    await shows(/the server closes its side/);
    expect(shown()).toMatch(/#1 +C \(-->\): GET \/about%20me\.txt HTTP\/1\.1<CRLF>\n/);
    expect(shown()).toMatch(/^ +\d+\.\d{3} #1 +S \(<--\): HTTP\/1\.1 200 OK<CRLF>$/m);
    expect(shown()).toMatch(/#1 +S \(<--\): <CRLF>\n.*S \(<--\): I made this\.<LF>\n/);
    expect(shown()).toMatch(/stdout \| listening on/);
    expect(processes().length).toBeGreaterThan(2);
    expect(await stop()).toEqual({ exitCode: 0, left: [] });
    review = undefined;
  });

  itHere(`passes an image on unchanged, and sums it up${why}`, async () => {
    const { url, shows } = await lookAtSolutions(...args);
    const reply = await fetch(new URL('/images/weather/sun.png', url));
    const image = readFileSync(join(PROJECT, 'labs/week02/web/images/weather/sun.png'));
    expect(Buffer.from(await reply.arrayBuffer()).equals(image)).toBe(true);
    await shows(new RegExp(`S \\(<--\\): ${String(image.byteLength)} bytes of image/png\\n`));
  });

  itHere(`keeps two connections apart that are open at once${why}`, async () => {
    const started = await look(
      args,
      echoServer("socket.on('data', (bytes) => socket.write(bytes)).on('end', () => socket.end())"),
    );
    const { url, shows } = started;
    const sockets = [1, 2].map(() => connect({ host: url.hostname, port: Number(url.port) }));
    const [one, two] = sockets;
    one?.write('from one\r\n');
    await shows(/#1 +S \(<--\): from one<CRLF>/);
    two?.write('from two\r\n');
    await shows(/#2 +S \(<--\): from two<CRLF>/);
    one?.write('one again');
    await shows(/#1 +S \(<--\): one again\n/);
    for (const socket of sockets) socket.end();
    expect(await Promise.all(sockets.map((socket) => text(socket)))).toEqual([
      'from one\r\none again',
      'from two\r\n',
    ]);
  });

  itHere(`passes an end on without ending the other direction${why}`, async () => {
    const started = await look(
      args,
      echoServer("socket.resume(); socket.on('end', () => socket.end('after your end'))"),
    );
    expect(await started.ask('all of it')).toBe('after your end');
  });

  itHere(`passes a reset on${why}`, async () => {
    const program = "socket.once('data', () => socket.resetAndDestroy()).write('go on')";
    const started = await look(args, echoServer(program));
    const socket = connect({ host: started.url.hostname, port: Number(started.url.port) });
    // Not at once: Node takes a reset that comes together with bytes for an end.
    socket.once('data', () => socket.write('x'));
    const [error]: readonly unknown[] = await once(socket, 'error');
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    await started.shows(/#1 +the server resets the connection/);
  });
});

describe('a review', () => {
  it('runs the commit that was graded, whatever has come since', async () => {
    const made = new MadeRepository();
    try {
      const path = 'labs/week02/echo_server/echo_server.ts';
      const program = (word: string): string =>
        echoServer(`socket.end('${word}')`)['echo_server/echo_server.ts'] ?? '';
      const commit = made.commit({ [path]: program('then') });
      const cache = join(grades.out, 'repositories');
      const signal = new AbortController().signal;
      await fetchFork({ repo: made.folder, cache, environment: ENVIRONMENT, signal });
      made.commit({ [path]: program('now') });
      grades.record('ann', { source: made.folder, commit });
      review = await startReview(grades, 'ann', TRUSTED);
      expect(await review.ask('x')).toBe('then');
      expect(review.text()).toContain(commit.slice(0, 12));
    } finally {
      made.remove();
    }
  });
});
