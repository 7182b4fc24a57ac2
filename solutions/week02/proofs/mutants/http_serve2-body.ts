import type { DiagnosisCode, Edit, Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve2' };
const ANSWER = 'socket.end(okResponse(readFileSync(PAGE)))';
const ON_DATA = "socket.once('data', () => socket.end(okResponse(readFileSync(PAGE))));";
const SIGNATURE = 'export function okResponse(body: string | Buffer): Buffer {';
const LENGTH = '`Content-Length: ${content.byteLength}`,';
const CONCAT = 'Buffer.concat([Buffer.from(`';

/** A mistake in the length, which every whole reply says. */
function inLength(name: string, edit: Edit, code: DiagnosisCode): Mutant {
  return { name, ...STAGE, edit: [edit], fails: ['body', 'ok-response'], code };
}

/** A mistake in what is sent, and not in okResponse. */
function inAnswer(name: string, replace: string, code: DiagnosisCode): Mutant {
  return { name, ...STAGE, edit: [[ANSWER, replace]], fails: ['body'], code };
}

/** A mistake in okResponse that a browser does not come upon. */
function inFunction(name: string, edit: readonly Edit[], code: DiagnosisCode): Mutant {
  return { name, ...STAGE, edit, fails: ['ok-response'], code };
}

/** A mistake that only a client with few headers comes upon. */
function inHandler(name: string, handler: string, code: DiagnosisCode): Mutant {
  const edit: Edit = [ON_DATA, `socket.once('data', (bytes) => {\n    ${handler}\n  });`];
  return { name, ...STAGE, edit: [edit], fails: ['real-client'], code };
}

/** How week02's programs go wrong in the body of a reply, and in okResponse. */
export const httpServe2Body: readonly Mutant[] = [
  inLength(
    'counts characters',
    ['content.byteLength', 'content.toString().length'],
    'length-in-characters',
  ),
  inLength(
    'says a length 25 bytes short',
    ['content.byteLength', 'content.byteLength - 25'],
    'length-too-short',
  ),
  inLength(
    'says a length 2 bytes long',
    ['content.byteLength', 'content.byteLength + 2'],
    'length-too-long',
  ),
  inLength(
    'says chunked, and sends no chunks',
    [LENGTH, "'Transfer-Encoding: chunked',"],
    'bad-chunk',
  ),
  inLength(
    'adds a line end to the body',
    ['`), content]', "`), content, Buffer.from('\\r\\n')]"],
    'trailing-bytes',
  ),
  inAnswer('sends another page', "socket.end(okResponse('<p>Hello</p>'))", 'body-differs'),
  inAnswer('sends an empty page', "socket.end(okResponse(''))", 'truncated'),
  inAnswer(
    'cuts the page off',
    'socket.end(okResponse(readFileSync(PAGE).subarray(0, 128)))',
    'truncated',
  ),
  inAnswer(
    'reads the page as Latin-1',
    "socket.end(okResponse(readFileSync(PAGE, 'latin1')))",
    'latin1-body',
  ),
  inAnswer(
    'breaks off within the body',
    'socket.end(okResponse(readFileSync(PAGE)).subarray(0, 300))',
    'closed-in-body',
  ),
  inAnswer(
    'stops within the body',
    'socket.write(okResponse(readFileSync(PAGE)).subarray(0, 300))',
    'never-ends',
  ),
  inAnswer(
    'puts a reply into a reply',
    'socket.end(okResponse(okResponse(readFileSync(PAGE))))',
    'head-repeated',
  ),
  inAnswer(
    'joins two replies',
    'socket.end(Buffer.concat([okResponse(readFileSync(PAGE)), okResponse(readFileSync(PAGE))]))',
    'trailing-bytes',
  ),
  inHandler(
    'answers browsers alone',
    "if (bytes.includes('Mozilla')) socket.end(okResponse(readFileSync(PAGE)));\n    else socket.end();",
    'client-gave-up',
  ),
  inHandler(
    'forbids its page to all but browsers',
    "const reply = okResponse(readFileSync(PAGE)).toString();\n    socket.end(bytes.includes('Mozilla') ? reply : reply.replace('200 OK', '403 Forbidden'));",
    'wrong-status',
  ),
  inHandler(
    'is killed by a request without User-Agent',
    'console.log(/User-Agent: (.*)/.exec(bytes.toString())![1]);\n    socket.end(okResponse(readFileSync(PAGE)));',
    'crashed',
  ),
  {
    name: 'reads the page only once, so that the second reply is empty',
    ...STAGE,
    edit: [
      ['/** Answers one client', 'let page = readFileSync(PAGE);\n\n/** Answers one client'],
      [
        ON_DATA,
        "socket.once('data', () => {\n    socket.end(okResponse(page));\n    page = Buffer.alloc(0);\n  });",
      ],
    ],
    fails: ['real-client'],
    code: 'truncated',
  },
  inFunction(
    'keeps okResponse to itself',
    [[SIGNATURE, SIGNATURE.replace('export ', '')]],
    'no-such-function',
  ),
  inFunction(
    'calls okResponse by another name',
    [
      [SIGNATURE, SIGNATURE.replace('okResponse', 'ok_response')],
      [ANSWER, 'socket.end(ok_response(readFileSync(PAGE)))'],
    ],
    'no-such-function',
  ),
  inFunction(
    'has an okResponse that knows one page alone',
    [[SIGNATURE, `${SIGNATURE}\n  body = readFileSync(PAGE);`]],
    'body-differs',
  ),
  inFunction(
    'has an okResponse that needs to be told the type',
    [
      [
        SIGNATURE,
        "export function okResponse(body: string | Buffer, type?: string): Buffer {\n  if (type === undefined) throw new Error('no type');",
      ],
      [ANSWER, "socket.end(okResponse(readFileSync(PAGE), 'text/html'))"],
    ],
    'threw',
  ),
  inFunction(
    'has an okResponse that gives the head alone',
    [
      ['\\r\\n\\r\\n`), content]);', '\\r\\n\\r\\n`)]);'],
      [ANSWER, 'socket.end(Buffer.concat([okResponse(readFileSync(PAGE)), readFileSync(PAGE)]))'],
    ],
    'closed-in-body',
  ),
  inFunction(
    'has an okResponse that returns nothing',
    [
      [SIGNATURE, 'export function okResponse(body: string | Buffer, socket?: Socket): void {'],
      [`return ${CONCAT}`, `socket?.end(${CONCAT}`],
      ['`), content]);', '`), content]));'],
      [ANSWER, 'okResponse(readFileSync(PAGE), socket)'],
    ],
    'wrong-return',
  ),
  inFunction(
    'listens when it is imported, on a port of its own that is taken',
    [
      [
        'if (basename(process.argv[1]',
        "if (process.env.PORT === '0') process.exit(1);\nif (basename(process.argv[1]",
      ],
    ],
    'crashed',
  ),
];
