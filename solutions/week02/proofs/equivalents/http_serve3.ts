import type { Edit, Equivalent } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve3' };
const LOG = 'console.log(parseRequest(request));';
const DEFINE = 'export function parseRequest(request: string): string {';
const BAD = "throw new ClientError('400 Bad Request');";
const METHOD = "throw new ClientError('405 Method Not Allowed');";
const RETURN = 'return uri;';
const RETHROW = 'if (error instanceof ClientError) return clientErrorResponse(error.status);';
const REFUSE =
  "return errorResponse(status, status === '405 Method Not Allowed' ? { Allow: 'GET' } : {});";
const SEND = 'socket.end(respond(request));';
const RECEIVE = "socket.on('data', receive);";
const IMPORT = "import { readFileSync } from 'node:fs';";
const SERVER = 'const server = createServer(serve);';
const GUARD = "if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();";
const READS = '/** Reads one client';

function logs(name: string, log: string, ...more: readonly Edit[]): Equivalent {
  return { name, ...STAGE, edit: [[LOG, log], ...more] };
}

export const httpServe3: readonly Equivalent[] = [
  logs(
    'prints more than the URI',
    "console.log('\\u001B[32m%s\\u001B[0m [%s] \"GET %s HTTP/1.1\" 200 -', '127.0.0.1', new Date().toISOString(), parseRequest(request));",
  ),
  logs('prints the whole request', 'parseRequest(request);\n    console.log(request);'),
  logs(
    'prints one letter at a time, and no line end',
    'for (const letter of parseRequest(request)) process.stdout.write(letter);',
  ),
  logs('prints the URI as JSON', 'console.log(JSON.stringify({ uri: parseRequest(request) }));'),
  logs(
    'prints after half a second',
    'const uri = parseRequest(request);\n    setTimeout(() => console.log(uri), 500);',
  ),
  logs('prints what it kept when it is stopped', 'kept.push(parseRequest(request));', [
    READS,
    "const kept: string[] = [];\nprocess.once('SIGINT', () => {\n  process.stdout.write(kept.join('\\n'), () => process.exit(1));\n});\n\n/** Reads one client",
  ]),
  logs(
    'prints the URI between megabytes of other things',
    "console.log(Buffer.alloc(700_000, 0x9f).toString('latin1'), parseRequest(request), '\\0'.repeat(200_000));",
  ),
  logs(
    'writes a log file besides',
    "const uri = parseRequest(request);\n    appendFileSync(join(import.meta.dirname, 'access.log'), uri + '\\n');\n    process.stdout.write(uri);",
    [IMPORT, "import { appendFileSync, readFileSync } from 'node:fs';"],
  ),
  logs(
    'complains on stderr all the time',
    'console.error(new Error("no error"), parseRequest(request));\n    console.log(parseRequest(request));',
    [SERVER, `setInterval(() => console.error('Error: tick'), 5);\n  ${SERVER}`],
  ),
  {
    name: 'parses bytes alone',
    ...STAGE,
    edit: [
      [
        DEFINE,
        'export function parseRequest(bytes: Buffer): string {\n  const request = bytes.toString("latin1", 0, bytes.indexOf(10) + 1);',
      ],
      [LOG, LOG.replace('request)', 'Buffer.from(request))')],
    ],
  },
  {
    name: 'parses in its own time',
    ...STAGE,
    edit: [
      [DEFINE, 'export async function parseRequest(request: string) {\n  await undefined;'],
      ['function respond(request: string): Buffer {', 'async function respond(request: string) {'],
      [LOG, LOG.replace('parse', 'await parse')],
      [SEND, 'void respond(request).then((reply) => socket.end(reply));'],
    ],
  },
  {
    name: 'returns the URI as bytes',
    ...STAGE,
    edit: [
      [DEFINE, DEFINE.replace(': string {', ': Uint8Array {')],
      [RETURN, 'return new TextEncoder().encode(uri);'],
      [LOG, 'process.stdout.write(parseRequest(request));'],
    ],
  },
  {
    name: 'throws what is no Error',
    ...STAGE,
    edit: [
      [BAD, "throw '400 Bad Request';"],
      [METHOD, "throw { status: '405 Method Not Allowed' };"],
      [RETHROW, "return clientErrorResponse(typeof error === 'string' ? error : error.status);"],
    ],
  },
  {
    name: 'parses with a method of a class',
    ...STAGE,
    edit: [
      [DEFINE, DEFINE.replace('export function parseRequest', 'function parse')],
      [LOG, LOG.replace('parseRequest', 'parse')],
      [
        READS,
        `class Parser {\n  static parse = parse;\n}\nexport const { parse: parseRequest } = Parser;\n\n${READS}`,
      ],
    ],
  },
  {
    name: 'does not implement POST',
    ...STAGE,
    edit: [
      [
        REFUSE,
        "return errorResponse(status.startsWith('405') ? '501 POST? Not here' : status, {});",
      ],
    ],
  },
  {
    name: 'refuses in HTTP/1.0, without a body or a length',
    ...STAGE,
    edit: [
      [REFUSE, String.raw`return Buffer.from('HTTP/1.0 ' + status + '\r\nAllow: GET\r\n\r\n');`],
    ],
  },
  {
    name: 'closes the connection on what it cannot serve',
    ...STAGE,
    edit: [[RETHROW, 'if (error instanceof ClientError) return Buffer.alloc(0);']],
    forgoes: ['error-status'],
  },
  {
    name: 'catches nothing, and closes what hangs',
    ...STAGE,
    edit: [
      [RETHROW, ''],
      ['MAX_IDLE_MS = 30_000', 'MAX_IDLE_MS = 800'],
      [SERVER, `process.on('uncaughtException', console.error);\n  ${SERVER}`],
    ],
    forgoes: ['error-status'],
  },
  {
    name: 'asks the client to go on before it answers',
    ...STAGE,
    edit: [[SEND, String.raw`socket.write('HTTP/1.1 100 Continue\r\n\r\n');` + SEND]],
  },
  {
    name: 'goes on serving a connection until it is idle, and says so',
    ...STAGE,
    edit: [
      ["'Connection: close',", ''],
      [SEND, 'socket.write(respond(request));\n    received = Buffer.alloc(0);'],
      ["socket.off('data', receive);", ''],
      ['MAX_IDLE_MS = 30_000', 'MAX_IDLE_MS = 1000'],
      [
        'socket.destroy()',
        String.raw`socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')`,
      ],
    ],
  },
  {
    name: 'reads lines',
    ...STAGE,
    edit: [
      [IMPORT, `${IMPORT}\nimport { createInterface } from 'node:readline';`],
      [
        RECEIVE,
        String.raw`createInterface({ input: socket, crlfDelay: Infinity }).on('line', (line) =>
          receive(Buffer.from(line + '\r\n')),
        );`,
      ],
      ["socket.off('data', receive);", 'if (socket.writableEnded) return;'],
    ],
  },
  {
    name: 'reads with an async iterator',
    ...STAGE,
    edit: [
      [
        RECEIVE,
        '(async () => {\n    for await (const bytes of socket) receive(bytes);\n  })().catch(console.error);',
      ],
      ["socket.off('data', receive);", 'if (socket.writableEnded) return;'],
    ],
  },
  {
    name: 'serves from a cluster whose workers print',
    ...STAGE,
    edit: [
      [IMPORT, `${IMPORT}\nimport cluster from 'node:cluster';`],
      [
        GUARD,
        GUARD.replace(
          'start()',
          '{\n    if (cluster.isWorker) start();\n    else cluster.fork().on("exit", () => cluster.fork());\n  }',
        ),
      ],
    ],
  },
  {
    name: 'closes its stdin before it listens',
    ...STAGE,
    edit: [
      [IMPORT, "import { closeSync, readFileSync } from 'node:fs';"],
      [SERVER, `closeSync(0);\n  ${SERVER}`],
    ],
  },
];
