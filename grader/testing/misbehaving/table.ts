import getPort, { portNumbers } from 'get-port';
import type { Edit } from '../../lab/proofs.ts';

/** A submission that misbehaves. Each of its programs ends by itself after a minute at the latest. */
export interface Misbehaving {
  /** What it does; the name of its golden text as well. */
  readonly name: string;
  /** By stage: changes of the worked solution, or a whole program in `programs/`. */
  readonly programs: Readonly<Record<string, readonly Edit[] | string>>;
  /** A port of which something else on the machine is to take possession first. */
  readonly takenPort?: number;
}

/** Outside the grader's own ports and those that systems hand out: nobody comes by one by chance. */
const freePort = (): Promise<number> =>
  getPort({ port: portNumbers(12_000 + (process.pid % 5000), 17_999) });
const [oddPort, sharedPort, takenPort] = [await freePort(), await freePort(), await freePort()];

const LISTEN = /server\.listen\(.*\);/;
const ANSWER = 'socket.end(readFileSync(PAGE))';
const ON_REQUEST = `socket.once('data', () => ${ANSWER});`;

const WHOLE_MINUTE = 'setTimeout(() => {}, 60_000);';
const FLOOD =
  "const flood = () => { process.stdout.write(`${'debug '.repeat(700)}\\n`, () => setImmediate(flood)); }; flood();";

const hardCode = (port: number): Edit => [/Number\(process\.env\.PORT \?\? .*\)/, String(port)];

/** Before it listens. */
const first = (statement: string): Edit => ['const server =', `${statement}\n  const server =`];
const onRequest = (statement: string): Edit => [ON_REQUEST, statement];
const importToo = (names: string): Edit => [
  'import { readFileSync }',
  `import { readFileSync, ${names} }`,
];

export const MISBEHAVING: readonly Misbehaving[] = [
  // Those that take ten seconds come first, so that the others fill the time.
  { name: 'never-listens', programs: { http_serve1: [[LISTEN, WHOLE_MINUTE]] } },
  { name: 'prompts-before-binding', programs: { http_serve1: 'prompts.py' } },
  {
    name: 'floods-and-never-listens',
    programs: { http_serve1: [[LISTEN, `${WHOLE_MINUTE} ${FLOOD}`]] },
  },
  { name: 'exits-at-once', programs: { http_serve1: [[LISTEN, 'process.exit();']] } },
  {
    name: 'dies-with-binary-on-stderr',
    programs: {
      http_serve1: [
        [
          LISTEN,
          "process.stderr.write('\\x1b[2J\\x1b[31mfatal\\x07 \\xff\\0 error\\r\\n'); process.exitCode = 7;",
        ],
      ],
    },
  },
  {
    name: 'syntax-error-typescript',
    programs: { http_serve1: [[ANSWER, 'socket.end(readFileSync(PAGE)']] },
  },
  { name: 'syntax-error-python', programs: { http_serve1: 'syntax_error.py' } },
  {
    name: 'throws-on-the-first-request',
    programs: {
      http_serve1: [
        ['const PAGE =', 'let requests = 0;\nconst PAGE ='],
        onRequest(
          `socket.once('data', () => {\n    if (requests++ === 0) throw new Error('not ready yet');\n    ${ANSWER};\n  });`,
        ),
      ],
    },
  },
  {
    name: 'throws-on-every-request',
    programs: {
      http_serve3: [['parseRequest(request));', 'parseRequest(request).path.toUpperCase());']],
    },
  },
  {
    name: 'ignores-signals',
    programs: {
      http_serve1: [
        first("for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});"),
      ],
    },
  },
  { name: 'detaches-a-daemon-python', programs: { http_serve1: 'detaches_a_daemon.py' } },
  {
    name: 'detaches-a-daemon-node',
    programs: {
      http_serve1: [
        [
          'import { createServer',
          "import { spawn } from 'node:child_process';\nimport { createServer",
        ],
        first(
          `spawn(process.execPath, ['-e', '${WHOLE_MINUTE}'], { detached: true, stdio: 'inherit' }).unref();`,
        ),
      ],
    },
  },
  { name: 'serves-from-a-child', programs: { http_serve1: 'serves_from_a_child.py' } },
  { name: 'floods-while-serving', programs: { http_serve1: [first(FLOOD)] } },
  {
    // Every two seconds, so that no byte comes near the third, when the grader's patience ends.
    name: 'drips-its-reply',
    programs: {
      http_serve1: [
        onRequest(
          "socket.once('data', () => {\n    let sent = 0;\n    const drip = () => {\n      socket.write(readFileSync(PAGE).subarray(sent, ++sent));\n      setTimeout(drip, 2000);\n    };\n    drip();\n  });",
        ),
      ],
    },
  },
  {
    name: 'answers-without-end',
    programs: { http_serve1: [[ANSWER, 'socket.write(readFileSync(PAGE))']] },
  },
  { name: 'closes-at-once', programs: { http_serve1: [onRequest('socket.resume().end();')] } },
  { name: 'resets', programs: { http_serve1: [[ANSWER, 'socket.resetAndDestroy()']] } },
  { name: 'listens-on-another-port', programs: { http_serve1: [hardCode(oddPort)] } },
  {
    name: 'two-stages-on-one-port',
    programs: { http_serve1: [hardCode(sharedPort)], http_serve2: [hardCode(sharedPort)] },
  },
  {
    name: 'listens-on-a-taken-port',
    programs: { http_serve1: [hardCode(takenPort)] },
    takenPort,
  },
  { name: 'listens-on-ipv6-alone', programs: { http_serve1: [["'127.0.0.1'", "'::1'"]] } },
  {
    name: 'holds-the-first-connection',
    programs: {
      http_serve1: [
        ['const PAGE =', 'let held: Socket | undefined;\nconst PAGE ='],
        onRequest(`if (!held) held = socket;\n  else ${ON_REQUEST}`),
      ],
    },
  },
  { name: 'serves-one-client', programs: { http_serve1: 'serves_one_client.py' } },
  {
    name: 'stops-listening',
    programs: {
      http_serve1: [
        [
          'createServer(serve)',
          'createServer((socket) => {\n    server.close();\n    serve(socket);\n  })',
        ],
        first(WHOLE_MINUTE),
      ],
    },
  },
  {
    name: 'prints-binary',
    programs: {
      http_serve1: [
        [ANSWER, `process.stdout.write(Buffer.from([...Array(256).keys()]), () => ${ANSWER})`],
      ],
    },
  },
  {
    name: 'changes-its-directory',
    programs: {
      http_serve1: [
        importToo('writeFileSync'),
        first(
          "writeFileSync('notes.txt', 'mine');\n  process.chdir('web');\n  writeFileSync('notes.txt', 'mine');",
        ),
      ],
    },
  },
  {
    name: 'ends-lines-with-lf',
    programs: { http_serve2: [["head.join('\\r\\n')", "head.join('\\n')"]] },
  },
  {
    name: 'writes-lf-itself',
    programs: {
      http_serve2: [
        [
          'socket.end(okResponse(readFileSync(PAGE)))',
          'socket.end(`HTTP/1.1 200 OK\\n\\r\\n${String(readFileSync(PAGE))}`)',
        ],
      ],
    },
  },
  {
    name: 'says-text-plain',
    programs: {
      http_serve2: [["'Content-Type: text/html; charset=utf-8'", "'Content-Type: text/plain'"]],
    },
  },
  { name: 'syntax-error-javascript', programs: { http_serve1: 'syntax_error.js' } },
  {
    name: 'damages-images',
    programs: { http_serve5: [['readFileSync(target)', "readFileSync(target, 'utf8')"]] },
  },
];
