import type { Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve3' };
const LOG = 'console.log(parseRequest(request));';
const PAGE = 'okResponse(readFileSync(PAGE))';
const CATCH = 'if (error instanceof ClientError) return clientErrorResponse(error.status);';
const WAIT = 'if (!isAnswerable(request) && received.byteLength <= MAX_HEAD_BYTES) return;';
const SEND = 'socket.end(respond(request));';
const MATCH = "const [line = ''] = request.split(/\\r?\\n/);";
const ON_DATA = "socket.on('data', receive);";
const METHOD = "if (method !== 'GET') throw new ClientError('405 Method Not Allowed');";
const REFUSE = "if (uri === undefined) throw new ClientError('400 Bad Request');";

const STILL = { ...STAGE, fails: ['still-answers'] };
const LOGS = { ...STAGE, fails: ['logs-uri'] };
const STATUS = { ...STAGE, fails: ['error-status'] };
const SPLIT = { ...STAGE, fails: ['split-request'] };

/** How week02's programs go wrong in answering, and in going on. */
export const httpServe3: readonly Mutant[] = [
  {
    name: 'prints one port and binds another',
    ...STAGE,
    edit: [['listen(PORT,', 'listen(0,']],
    fails: ['listens-where-told'],
    code: 'wrong-port',
  },
  {
    name: 'answers with a page of its own',
    ...STILL,
    edit: [[PAGE, "okResponse('<h1>Hello</h1>')"]],
    code: 'body-differs',
  },
  {
    name: 'answers with an empty page',
    ...STILL,
    edit: [[PAGE, "okResponse('')"]],
    code: 'truncated',
  },
  {
    name: 'says that the page is plain text',
    ...STILL,
    edit: [["'text/html;", "'text/plain;"]],
    code: 'wrong-header',
  },
  {
    name: 'sends the page without a head',
    ...STILL,
    edit: [[PAGE, 'readFileSync(PAGE)']],
    code: 'no-status-line',
  },
  { name: 'prints nothing', ...LOGS, edit: [[LOG, 'parseRequest(request);']], code: 'not-logged' },
  {
    name: 'prints to stderr',
    ...LOGS,
    edit: [[LOG, 'console.error(parseRequest(request));']],
    code: 'not-logged',
  },
  {
    name: 'prints the path without its query',
    ...LOGS,
    edit: [[LOG, "console.log(parseRequest(request).split('?')[0]);"]],
    code: 'not-logged',
  },
  {
    name: 'takes the Host header for the URI',
    ...STAGE,
    edit: [['  return uri;\n', '  return /Host: (.*)/.exec(request)?.[1] ?? uri;\n']],
    fails: ['logs-uri', 'parse-request'],
    code: 'not-logged',
    codes: { 'parse-request': 'wrong-return' },
  },
  {
    name: 'catches nothing that parseRequest throws',
    ...STAGE,
    edit: [[CATCH, '']],
    fails: ['survives-post', 'survives-garbage', 'error-status'],
    code: 'crashed',
  },
  {
    name: 'is killed by POST',
    ...STAGE,
    edit: [
      [
        CATCH,
        "if (error instanceof ClientError && error.status.startsWith('400')) return clientErrorResponse();",
      ],
    ],
    fails: ['survives-post', 'error-status'],
    code: 'crashed',
  },
  {
    name: 'ends itself after a bad request',
    ...STAGE,
    edit: [[CATCH, 'process.exit(0);']],
    fails: ['survives-post', 'survives-garbage', 'error-status'],
    code: 'crashed',
  },
  {
    name: 'waits for ever within a POST',
    ...STAGE,
    edit: [[METHOD, "while (method === 'POST') continue;"]],
    fails: ['survives-post', 'rejects-bad-requests', 'error-status'],
    code: 'silent',
    codes: { 'rejects-bad-requests': 'never-returned' },
  },
  {
    name: 'never answers a POST',
    ...STATUS,
    edit: [[SEND, "if (!request.startsWith('POST')) socket.end(respond(request));"]],
    code: 'silent',
  },
  {
    name: 'answers every request with 400 once one was bad',
    ...STAGE,
    edit: [
      [
        '/** Returns the response to a request, right',
        'let bad = false;\n\n/** Returns the response to a request, right',
      ],
      [
        "throw new ClientError('431 Request Header Fields Too Large');",
        "throw new ClientError('431 Request Header Fields Too Large');\n    if (bad) throw new ClientError('400 Bad Request');",
      ],
      [CATCH, `bad = true;\n    ${CATCH}`],
    ],
    fails: ['survives-post', 'survives-garbage'],
    code: 'wrong-status',
  },
  {
    name: 'is killed by a line that is no HTTP',
    ...STAGE,
    edit: [[REFUSE, "if (uri === undefined) throw new Error('no HTTP');"]],
    fails: ['survives-garbage', 'error-status'],
    code: 'crashed',
  },
  {
    name: 'is killed by a line of a single word',
    ...STAGE,
    edit: [
      [
        MATCH,
        `${MATCH}\n  if (line.split(' ')[1]!.length > 8000) throw new ClientError('400 Bad Request');`,
      ],
    ],
    // error-status sends garbage as well.
    fails: ['survives-garbage', 'error-status'],
    code: 'crashed',
  },
  {
    name: 'is killed by half a request',
    ...STAGE,
    edit: [
      [
        ON_DATA,
        `${ON_DATA}\n  socket.on('end', () => isAnswerable(String(received)) || parseRequest(String(received)));`,
      ],
    ],
    fails: ['survives-garbage'],
    code: 'crashed',
  },
  {
    name: 'is killed by an empty connection',
    ...STAGE,
    edit: [[ON_DATA, `${ON_DATA}\n  socket.on('end', () => console.log(received[0]!.toFixed()));`]],
    fails: ['survives-garbage'],
    code: 'crashed',
  },
  {
    name: 'answers the first piece of a request',
    ...SPLIT,
    edit: [[WAIT, '']],
    code: 'wrong-status',
  },
  {
    name: 'takes every piece for a request',
    ...SPLIT,
    edit: [
      [
        WAIT,
        "if (!request.includes('\\r\\n\\r\\n')) {\n      received = Buffer.alloc(0);\n      return;\n    }",
      ],
    ],
    code: 'silent',
  },
];
