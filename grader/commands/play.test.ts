import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { runCli } from '../testing/cli.ts';
import { saveBeside, startLive, type TestLive } from '../testing/start-live.ts';
import { echoServer } from '../testing/start-review.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

jest.setTimeout(120_000);

const FILE = 'http_serve1/http_serve1.ts';

let submission: TestSubmission | undefined;
let play: TestLive | undefined;

afterEach(async () => {
  await play?.stop();
  submission?.remove();
  [play, submission] = [undefined, undefined];
});

/** A program that is being played. */
interface Played extends TestLive {
  readonly connect: () => Socket;
  /** Sends something, and gives all that comes back. */
  readonly ask: (request: string) => Promise<string>;
  /** Where the program lies. */
  readonly file: string;
}

/** Plays a program of the stage that `FILE` is of. */
async function start(program: string, ...args: readonly string[]): Promise<Played> {
  submission = makeSubmission({ [FILE]: program });
  play = startLive(['play', 'week02', '--from', submission.folder, ...args]);
  const [, port = ''] = await play.shows(/^open +http:\/\/127\.0\.0\.1:(\d+)\/\nstop +Ctrl\+C\n/m);
  const dial = (): Socket => connect({ host: '127.0.0.1', port: Number(port) });
  return {
    ...play,
    connect: dial,
    ask: (request) => {
      const socket = dial();
      socket.write(request);
      return text(socket);
    },
    file: join(submission.folder, FILE),
  };
}

/** A program that does something with each `socket`. */
function server(onSocket: string, first = ''): string {
  return echoServer(onSocket, first)['echo_server/echo_server.ts'] ?? '';
}

/** A program that answers each request: `path` is what was asked for. */
function answering(answer: string): string {
  return server(
    `socket.on('data', (bytes) => {
      const path = bytes.toString('latin1').split(' ')[1];
      ${answer}
    });`,
  );
}

const OK = String.raw`'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi\n'`;
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

/** What has been shown of a connection, without times. */
function shownOf(played: TestLive, connection: number): readonly string[] {
  const marker = new RegExp(`^ +\\d+\\.\\d{3} #${String(connection)} +(.*)$`);
  return played
    .text()
    .split('\n')
    .flatMap((line) => marker.exec(line)?.[1] ?? []);
}

describe('play', () => {
  it('shows a request and its reply as the course writes them', async () => {
    const played = await start(answering(`socket.end(${OK})`));
    expect(await played.ask(GET)).toBe('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi\n');
    await played.shows(/#1 +the client closes its side\n/);
    expect(shownOf(played, 1)).toEqual([
      'a client connects',
      'C (-->): GET / HTTP/1.1<CRLF>',
      'C (-->): Host: x<CRLF>',
      'C (-->): <CRLF>',
      'S (<--): HTTP/1.1 200 OK<CRLF>',
      'S (<--): Content-Length: 3<CRLF>',
      'S (<--): <CRLF>',
      'S (<--): hi<LF>',
      'the server closes its side',
      'the client closes its side',
    ]);
  });

  it('says what a program crashed of, and starts it again at the same address', async () => {
    const played = await start(
      answering(`if (path === '/boom') throw new Error('no luck');\n      socket.end(${OK})`),
    );
    expect(await played.ask('GET /boom HTTP/1.1\r\n\r\n')).toBe('');
    await played.shows(/stderr \| Error: no luck\n/);
    await played.shows(/the program ended with exit code 1 while it answered "GET \/boom/);
    await played.shows(/in http_serve1\/http_serve1\.ts:7:\d+\n.*it is started again\n/);
    await played.shows(/the program listens\n/);
    expect(await played.ask(GET)).toContain('hi');
  });

  it('starts the program anew when it is saved, at the same address', async () => {
    const played = await start(answering(`socket.end(${OK})`));
    saveBeside(played.file, answering("socket.end('new')"));
    await played.shows(/ http_serve1\/http_serve1\.ts was saved; the program is started anew\n/);
    expect(await played.ask(GET)).toBe('new');
    writeFileSync(played.file, 'createServer(');
    await played.shows(/the program did not start \[syntax-error\]/);
    await played.shows(/in http_serve1\/http_serve1\.ts:1:\d+\n/);
    const [error]: readonly unknown[] = await once(played.connect(), 'error');
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    writeFileSync(played.file, answering("socket.end('newer')"));
    await played.shows(/the program listens\n/);
    expect(await played.ask(GET)).toBe('newer');
  });

  it('leaves a program that does not come to listen when it is saved', async () => {
    submission = makeSubmission({ [FILE]: 'setTimeout(() => {}, 60_000); console.log("begun")' });
    play = startLive(['play', 'week02', '--from', submission.folder]);
    await play.shows(/stdout \| begun\n/);
    writeFileSync(join(submission.folder, FILE), answering("socket.end('new')"));
    await play.shows(/the program listens\n/);
    expect(play.text()).not.toContain('never-listened');
  });

  it('says where a program listens that was told another port', async () => {
    const elsewhere = server(`socket.end(${OK})`).replace(/listen\(.*?\),/, 'listen(0,');
    const played = await start(elsewhere);
    expect(played.text()).toMatch(/the program listens on port \d+, and not on \d+ as/);
    expect(await played.ask(GET)).toContain('hi');
  });

  it('says how to talk to a server that is none for browsers', async () => {
    submission = makeSubmission(
      echoServer("socket.on('data', (bytes) => socket.write(bytes)).on('end', () => socket.end())"),
    );
    play = startLive(['play', 'week02', '--from', submission.folder]);
    const [, port] = await play.shows(/^talk +nc 127\.0\.0\.1 (\d+) .*\nstop +Ctrl\+C\n/m);
    const socket = connect({ host: '127.0.0.1', port: Number(port) });
    socket.end('one\r\ntwo\n');
    expect(await text(socket)).toBe('one\r\ntwo\n');
    await play.shows(/C \(-->\): one<CRLF>\n.*C \(-->\): two<LF>\n/);
    await play.shows(/S \(<--\): one<CRLF>\n.*S \(<--\): two<LF>\n/);
  });

  it('passes ends and resets on, each way by itself', async () => {
    const played = await start(
      server(
        "socket.once('data', () => {}).on('end', () => socket.end('after your end'));\n" +
          "  socket.on('error', () => console.log('a client was lost'));",
      ),
    );
    const ending = played.connect();
    ending.end('all of it');
    expect(await text(ending)).toBe('after your end');
    const resetting = played.connect();
    resetting.write('x');
    await played.shows(/#2 +C \(-->\): x\n/);
    resetting.resetAndDestroy();
    await played.shows(/#2 +the client resets the connection\n/);
    await played.shows(/stdout \| a client was lost\n/);
  });

  it('keeps connections apart, and several requests of one', async () => {
    const played = await start(answering(`socket.write(${OK})`));
    const sockets = [played.connect(), played.connect()] as const;
    for (const [index, socket] of sockets.entries()) {
      socket.write(`GET /${String(index + 1)} HTTP/1.1\r\n\r\n`);
      await played.shows(new RegExp(`#${String(index + 1)} +S \\(<--\\): hi<LF>\n`));
    }
    sockets[0].write('GET /again HTTP/1.1\r\n\r\n');
    await played.shows(/#1 +C \(-->\): GET \/again HTTP\/1\.1<CRLF>\n[^]*#1 +S \(<--\): hi<LF>\n/);
    for (const socket of sockets) socket.destroy();
  });

  it('changes no byte, and shows of a body what can be read', async () => {
    const zipped = gzipSync('x'.repeat(5000));
    const head = (type: string, more: string, length: number): string =>
      `HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Type: ${type}\\r\\n${more}Content-Length: ${String(length)}\\r\\n\\r\\n`;
    const size = 8 * 1024 * 1024;
    const played = await start(
      answering(`if (path === '/gzip') {
        socket.write('${head('text/html', 'Content-Encoding: gzip\\r\\n', zipped.byteLength)}');
        socket.end(Buffer.from('${zipped.toString('base64')}', 'base64'));
      } else {
        socket.write('${head('text/plain', '', size)}');
        socket.end(Buffer.alloc(${String(size)}, 'line\\n'));
      }`),
    );
    const gzip = await fetch(addressOf(played, '/gzip'));
    expect(await gzip.text()).toBe('x'.repeat(5000));
    await played.shows(
      new RegExp(`S \\(<--\\): ${String(zipped.byteLength)} bytes of text/html, gzip`),
    );
    const large = Buffer.from(await (await fetch(addressOf(played, '/large'))).arrayBuffer());
    expect(large.equals(Buffer.alloc(size, 'line\n'))).toBe(true);
    await played.shows(/S \(<--\): \d+ more bytes of text\/plain\n/);
    expect(played.text().length).toBeLessThan(20_000);
  });

  it('ends on Ctrl+C, and leaves nothing', async () => {
    const { stop } = await start(answering(`socket.end(${OK})`));
    play = undefined;
    expect(await stop()).toEqual({ exitCode: 0, left: [] });
  });

  it.each([
    { args: ['--port', '0'], sentence: /--port 0 is no port/ },
    { args: ['athome'], sentence: /has no program of athome/ },
    { args: ['http_serve9'], sentence: /no stage "http_serve9"/ },
    { args: ['--solutions'], sentence: /--solutions and --from name two/ },
  ])('says in one sentence what is wrong with $args', async ({ args, sentence }) => {
    submission = makeSubmission({ [FILE]: '' });
    const run = await runCli(['play', 'week02', ...args, '--from', submission.folder]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(sentence) });
  });
});

function addressOf(played: Played, path: string): string {
  const [, address = ''] = /^open +(\S+)\/$/m.exec(played.text()) ?? [];
  return `${address}${path}`;
}
