import type { DiagnosisCode, Edit, Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve2' };
const ANSWER = 'socket.end(okResponse(readFileSync(PAGE)))';
const STATUS_LINE = "'HTTP/1.1 200 OK'";
const TYPE = "'Content-Type: text/html; charset=utf-8',";
const LENGTH = '`Content-Length: ${content.byteLength}`,';
const JOINED = "Buffer.from(`${head.join('\\r\\n')}\\r\\n\\r\\n`)";

/** A mistake in the status line, which every whole reply begins with. */
function inStatusLine(name: string, edit: Edit, code: DiagnosisCode): Mutant {
  return { name, ...STAGE, edit: [edit], fails: ['status-line', 'ok-response'], code };
}

/** A mistake in the header lines, which every whole reply has. */
function inHeaders(name: string, edit: Edit, code: DiagnosisCode): Mutant {
  return { name, ...STAGE, edit: [edit], fails: ['header-lines', 'ok-response'], code };
}

/** A mistake in what is sent, and not in okResponse. */
function inAnswer(name: string, replace: string, code: DiagnosisCode): Mutant {
  return { name, ...STAGE, edit: [[ANSWER, replace]], fails: ['status-line'], code };
}

/** How week02's programs go wrong in the head of a reply. */
export const httpServe2: readonly Mutant[] = [
  {
    name: 'takes no notice of the port it is given',
    ...STAGE,
    edit: [['process.env.PORT ?? process.argv[2] ?? 50000', '0']],
    fails: ['listens-where-told'],
    code: 'wrong-port',
  },
  inStatusLine('sends no head', [JOINED, 'Buffer.alloc(0)'], 'no-status-line'),
  inStatusLine('puts a colon behind HTTP', [STATUS_LINE, "'HTTP:/1.1 200 OK'"], 'bad-status-line'),
  inStatusLine('has two spaces', [STATUS_LINE, "'HTTP/1.1  200 OK'"], 'bad-status-line'),
  inStatusLine('leaves the code out', [STATUS_LINE, "'HTTP/1.1 OK'"], 'bad-status-line'),
  inStatusLine('has the code alone', [STATUS_LINE, "'HTTP/1.1 200'"], 'bad-status-line'),
  inStatusLine('leaves the version out', [STATUS_LINE, "'HTTP 200 OK'"], 'bad-status-line'),
  inStatusLine('says HTTP/1.2', [STATUS_LINE, "'HTTP/1.2 200 OK'"], 'bad-status-line'),
  inStatusLine(
    'begins with an empty line',
    [STATUS_LINE, "'\\r\\nHTTP/1.1 200 OK'"],
    'bad-status-line',
  ),
  inStatusLine('says 201', [STATUS_LINE, "'HTTP/1.1 201 Created'"], 'wrong-status'),
  inStatusLine(
    'ends lines with LF',
    [JOINED, "Buffer.from(`${head.join('\\n')}\\n\\n`)"],
    'lf-only',
  ),
  inStatusLine(
    'ends lines with CR',
    [JOINED, "Buffer.from(`${head.join('\\r')}\\r\\r`)"],
    'cr-only',
  ),
  inAnswer('never answers', 'undefined', 'silent'),
  inAnswer('closes without a word', 'socket.end()', 'closed-empty'),
  inAnswer('resets the connection', 'socket.resetAndDestroy()', 'connection-reset'),
  inAnswer('breaks off within the status line', "socket.end('HTTP/1.1 20')", 'closed-in-head'),
  inAnswer('stops within the status line', "socket.write('HTTP/1.1 20')", 'never-ends'),
  inAnswer('crashes on a request', 'socket.end(okResponse(readFileSync(PAEG)))', 'crashed'),
  inHeaders('has a space within a name', [TYPE, "'Content Type: text/html',"], 'bad-header-line'),
  inHeaders('has a space before a colon', [TYPE, "'Content-Type : text/html',"], 'bad-header-line'),
  inHeaders('has a space before a name', [TYPE, "' Content-Type: text/html',"], 'bad-header-line'),
  inHeaders('has a header without colon', [TYPE, "'Content-Type text/html',"], 'bad-header-line'),
  inHeaders('swaps name and value', [TYPE, "'text/html: Content-Type',"], 'bad-header-line'),
  inHeaders(
    'has no blank line',
    [JOINED, "Buffer.from(`${head.join('\\r\\n')}\\r\\n`)"],
    'no-blank-line',
  ),
  inHeaders(
    'ends a header with LF',
    [TYPE, "'Content-Type: text/html\\nServer: mine',"],
    'lf-only',
  ),
  inHeaders('says the length twice', [TYPE, `${TYPE} ${LENGTH}`], 'repeated-header'),
  inHeaders(
    'has a length with a unit',
    [LENGTH, '`Content-Length: ${content.byteLength} bytes`,'],
    'wrong-header',
  ),
  inHeaders(
    'declares its length in two ways',
    [TYPE, `${TYPE} 'Transfer-Encoding: chunked',`],
    'wrong-header',
  ),
  {
    name: 'breaks off within the header lines',
    ...STAGE,
    edit: [[ANSWER, 'socket.end(okResponse(readFileSync(PAGE)).subarray(0, 40))']],
    fails: ['header-lines'],
    code: 'closed-in-head',
  },
  {
    name: 'does not say the type',
    ...STAGE,
    edit: [[TYPE, '']],
    fails: ['content-type'],
    code: 'missing-header',
  },
  {
    name: 'says that the page is plain text',
    ...STAGE,
    edit: [['text/html;', 'text/plain;']],
    fails: ['content-type'],
    code: 'wrong-header',
  },
  {
    name: 'turns the type about',
    ...STAGE,
    edit: [['text/html;', 'html/text;']],
    fails: ['content-type'],
    code: 'wrong-header',
  },
  {
    name: 'says two types',
    ...STAGE,
    edit: [[TYPE, `${TYPE} 'Content-Type: text/plain',`]],
    fails: ['content-type'],
    code: 'repeated-header',
  },
  {
    name: 'has no Date',
    ...STAGE,
    edit: [['`Date: ${new Date().toUTCString()}`,', '']],
    fails: ['date'],
    code: 'missing-header',
  },
  {
    name: 'has a Date as the console prints it',
    ...STAGE,
    edit: [['toUTCString()', 'toString()']],
    fails: ['date'],
    code: 'wrong-header',
  },
  {
    name: 'has a Date with an offset in place of GMT',
    ...STAGE,
    edit: [['toUTCString()}', "toUTCString().replace('GMT', '+0000')}"]],
    fails: ['date'],
    code: 'wrong-header',
  },
  {
    name: 'calls the local time GMT',
    ...STAGE,
    edit: [['new Date()', 'new Date(Date.now() + 7_200_000)']],
    fails: ['date'],
    code: 'wrong-header',
  },
];
