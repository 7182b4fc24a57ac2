import type { Edit, Equivalent } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve2' };
const STATUS = "'HTTP/1.1 200 OK',";
const DATE = '`Date: ${new Date().toUTCString()}`,';
const TYPE = "'Content-Type: text/html; charset=utf-8',";
const LENGTH = '`Content-Length: ${content.byteLength}`,';
const CLOSE = "'Connection: close',";
const RETURN =
  "return Buffer.concat([Buffer.from(`${head.join('\\r\\n')}\\r\\n\\r\\n`), content]);";
const DEFINE = 'export function okResponse(body: string | Buffer): Buffer {';
const ANSWER = 'socket.end(okResponse(readFileSync(PAGE)))';
const IMPORT = "import { readFileSync } from 'node:fs';";
const MAIN = '/** Answers one client';

/** Sends chunks of seven bytes, each behind this line, and ends with these lines. */
function inChunks(sizeLine: string, end = String.raw`'0\r\n\r\n'`): readonly Edit[] {
  return [
    [LENGTH, "'Transfer-Encoding: chunked',"],
    [
      RETURN,
      String.raw`const size = (piece: string): string => piece.length.toString(16);
      const pieces = content.toString('latin1').match(/[^]{1,7}/g) ?? [];
      const chunks = pieces.map((piece) => ${sizeLine} + '\r\n' + piece + '\r\n').join('');
      return Buffer.from(head.join('\r\n') + '\r\n\r\n' + chunks + ${end}, 'latin1');`,
    ],
  ];
}

/** Writes a reply of another kind before the page's own. */
function after(interim: string): readonly Edit[] {
  return [[ANSWER, `{\n    socket.write(${interim});\n    ${ANSWER};\n  }`]];
}

function typed(name: string, line: string): Equivalent {
  return { name, ...STAGE, edit: [[TYPE, `${line},`]] };
}

export const httpServe2: readonly Equivalent[] = [
  typed('names no charset', "'Content-Type: text/html'"),
  typed('writes its type in capitals', "'CONTENT-TYPE:TEXT/HTML;CHARSET=UTF-8'"),
  typed('puts the charset between quotation marks', `'content-type: text/html; charset="utf-8"'`),
  typed(
    'has white space wherever it may stand',
    String.raw`'Content-Type: ${'\t'} Text/Html ; ; a="b;, c" ${'\t'}; Charset=UTF-8; '`,
  ),
  {
    name: 'answers in HTTP/1.0, without a length',
    ...STAGE,
    edit: [
      [STATUS, "'HTTP/1.0 200 OK',"],
      [LENGTH, ''],
      [CLOSE, ''],
    ],
  },
  { name: 'gives no reason', ...STAGE, edit: [[STATUS, "'HTTP/1.1 200 ',"]] },
  {
    name: 'gives a reason of its own',
    ...STAGE,
    edit: [[STATUS, String.raw`'HTTP/1.1 200 Voilà,\tyour page: 100%!',`]],
  },
  {
    name: 'puts its headers in another order',
    ...STAGE,
    edit: [
      [TYPE, ''],
      [DATE, ''],
      [CLOSE, `'connection: Close', ${LENGTH.replace('Content-Length', 'CONTENT-LENGTH')}`],
      [LENGTH, `${DATE.replace('Date: ', 'date:')} 'content-type:text/html',`],
    ],
  },
  {
    name: 'sends headers without end',
    ...STAGE,
    edit: [
      [
        CLOSE,
        `${CLOSE}
        'Server: mine/1.0 (TypeScript)', 'ETag: W/"1,2"', 'Last-Modified: ' + new Date(0).toUTCString(),
        'Cache-Control: no-cache', 'Vary: *', 'Set-Cookie: a=1', 'Set-Cookie: b=2', 'Empty:',
        "!#$%&'*+-.^_\`|~9: caf\\u00e9\\tau lait", 'Accept-Ranges: none', 'X-Long: ' + 'y'.repeat(5000),
        ...Array.from({ length: 150 }, (_, index) => 'X-' + index + ': ' + index),`,
      ],
    ],
  },
  {
    name: 'offers another protocol',
    ...STAGE,
    edit: [[CLOSE, "'Upgrade: h2c', 'Connection: Upgrade, close',"]],
  },
  {
    name: 'leaves the connection open',
    ...STAGE,
    edit: [
      [CLOSE, "'Keep-Alive: timeout=5', 'Connection: keep-alive',"],
      ['socket.once(', 'socket.on('],
      [ANSWER, ANSWER.replace('end', 'write')],
    ],
  },
  {
    name: 'writes its length with many digits',
    ...STAGE,
    edit: [[LENGTH, "'Content-Length: ' + String(content.byteLength).padStart(20, '0'),"]],
  },
  { name: 'sends chunks of seven bytes', ...STAGE, edit: inChunks('size(piece)') },
  {
    name: 'sends chunks with extensions, and a trailer',
    ...STAGE,
    edit: inChunks(
      `'0' + size(piece).toUpperCase() + ';a=b;c="d;\\\\"e";f'`,
      String.raw`'000;last\r\nX-Sum: 1\r\nX-Empty:\r\n\r\n'`,
    ),
  },
  {
    name: 'writes the sizes of its chunks with many digits',
    ...STAGE,
    edit: inChunks("size(piece).padStart(16, '0')"),
  },
  {
    name: 'sends the head, and the page a byte at a time',
    ...STAGE,
    edit: [
      [
        ANSWER,
        `{
          socket.setNoDelay();
          for (const byte of okResponse(readFileSync(PAGE))) socket.write(Uint8Array.of(byte));
          socket.end();
        }`,
      ],
    ],
  },
  {
    name: 'sends hints before its answer',
    ...STAGE,
    edit: after(
      String.raw`'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a.css>\r\n\r\n'`,
    ),
  },
  {
    name: 'returns a string',
    ...STAGE,
    edit: [
      [DEFINE, 'export function okResponse(body: string | Buffer): string {'],
      [RETURN, "return [...head, '', String(body)].join('\\r\\n');"],
    ],
  },
  {
    name: 'returns an array of bytes',
    ...STAGE,
    edit: [[RETURN, RETURN.replace('return ', 'return Uint8Array.from(').replace(';', ');')]],
  },
  {
    name: 'returns a promise',
    ...STAGE,
    edit: [
      [DEFINE, 'export async function okResponse(body: string | Buffer) {'],
      [ANSWER, 'okResponse(readFileSync(PAGE)).then((reply) => socket.end(reply))'],
    ],
  },
  {
    name: 'exports a function without a name of its own',
    ...STAGE,
    edit: [
      [
        DEFINE,
        'export const okResponse = (body: string | Buffer, ...more: readonly string[]) => {',
      ],
      [CLOSE, `${CLOSE} ...more,`],
    ],
  },
  {
    name: 'exports by default',
    ...STAGE,
    edit: [
      [DEFINE, DEFINE.replace('export ', '')],
      [MAIN, `export default { okResponse };\n\n${MAIN}`],
    ],
  },
  {
    name: 'exports another name',
    ...STAGE,
    edit: [
      [DEFINE, DEFINE.replace('export function okResponse', 'function wrap')],
      [MAIN, `export { wrap as okResponse };\n\n${MAIN}`],
      [ANSWER, ANSWER.replace('okResponse', 'wrap')],
    ],
  },
  {
    name: 'exports what another file makes',
    ...STAGE,
    edit: [
      [DEFINE, DEFINE.replace('export function okResponse', 'function ignored')],
      [IMPORT, `${IMPORT}\nimport { okResponse } from './reply.js';\nexport { okResponse };`],
    ],
    files: {
      'http_serve2/reply.ts': String.raw`import { Head } from './parts/head';
export const okResponse = (body: string | Buffer): Buffer => Buffer.concat([new Head(body).bytes(), Buffer.from(body)]);
`,
      'http_serve2/parts/head.ts': String.raw`enum Status { Ok = 'HTTP/1.1 200 OK' }
export class Head {
  constructor(private readonly body: string | Buffer) {}
  bytes(): Buffer {
    const size = Buffer.byteLength(this.body);
    const lines = [Status.Ok, 'Content-Type: text/html', 'Content-Length: ' + size, 'Date: ' + new Date().toUTCString()];
    return Buffer.from(lines.join('\r\n') + '\r\n\r\n');
  }
}
`,
    },
  },
  {
    name: 'imports a file of its own by a name that it makes up',
    ...STAGE,
    edit: [
      [MAIN, `const { pageFile } = await import(join(import.meta.dirname, 'page.ts'));\n\n${MAIN}`],
      [ANSWER, ANSWER.replace('PAGE', 'pageFile(PAGE)')],
    ],
    files: { 'http_serve2/page.ts': 'export const pageFile = (path: string): string => path;\n' },
  },
  {
    name: 'prints megabytes when it is imported',
    ...STAGE,
    edit: [[MAIN, `console.log('starting '.repeat(400_000));\n\n${MAIN}`]],
  },
];
