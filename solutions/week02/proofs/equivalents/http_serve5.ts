import type { Edit, Equivalent } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve5' };
const FILE = 'return okResponse(readFileSync(target), findMediaType(target));';
const LIST = 'return okResponse(renderListing(target), TEXT);';
const CONTENT_TYPE = "{ 'Content-Type': mediaType }";
const VERSION = '`HTTP/1.1 ${status}`,';
const LENGTH = '`Content-Length: ${content.byteLength}`,';
const CLOSE = "'Connection: close',";
const PUT = "return Buffer.concat([Buffer.from(`${head.join('\\r\\n')}\\r\\n\\r\\n`), content]);";
const SEND = 'socket.end(respond(request));';
const RESPOND = 'function respond(request: string): Buffer {';
const RESOLVE = 'return resolveUri(uri);';
const MISSING = 'if (error instanceof NotFound) return notFoundResponse();';
const JUDGE =
  'if (target !== root && !target.startsWith(root + sep)) throw new NotFound(`${path} is outside`);';
const GUARD = "if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();";
const IMPORT = "import { createServer, type Socket } from 'node:net';";
const MAIN = '/** Reads one client';
const LIMITS = 'const MAX_HEAD_BYTES';

/** Sends the response in chunks of this many bytes. */
function inChunks(size: number): readonly Edit[] {
  return [
    [LENGTH, "'transfer-encoding: Chunked',"],
    [
      PUT,
      String.raw`const parts = [Buffer.from(head.join('\r\n') + '\r\n\r\n')];
      for (let at = 0; at < content.byteLength; at += ${String(size)}) {
        const piece = content.subarray(at, at + ${String(size)});
        parts.push(Buffer.from(piece.byteLength.toString(16) + ';n=' + at + '\r\n'), piece, Buffer.from('\r\n'));
      }
      return Buffer.concat([...parts, Buffer.from('0\r\nX-Done: yes\r\n\r\n')]);`,
    ],
  ];
}

/** Answers with what this expression makes of `request`, in its own time. */
function send(name: string, code: string, ...more: readonly Edit[]): Equivalent {
  return { name, ...STAGE, edit: [[SEND, code], ...more] };
}

/** Its types are of this form; `type` stands for what comes before the parameters. */
function types(name: string, value: string): Equivalent {
  return {
    name,
    ...STAGE,
    edit: [
      [CONTENT_TYPE, `{ 'content-TYPE': ((type = '') => ${value})(mediaType.split(';')[0]) }`],
    ],
  };
}

const STREAM = String.raw`async function stream(socket: Socket, request: string) {
  const path = findTarget(decodePath(parseRequest(request)));
  if (!statSync(path).isFile()) throw new NotFound(path);
  socket.write('HTTP/1.1 200 OK\r\nContent-Type: ' + findMediaType(path) + '\r\n\r\n');
  await pipeline(createReadStream(path, { highWaterMark: 5003 }), socket);
}`;

export const httpServe5: readonly Equivalent[] = [
  types('names no charset', 'type'),
  types('writes its types in capitals', 'type.toUpperCase() + ";CHARSET=UTF-8"'),
  types('gives its types other parameters', `type + ' ; name="a;b" ;charset="utf-8";'`),
  {
    name: 'ends files by closing the connection',
    ...STAGE,
    edit: [
      [VERSION, '`HTTP/1.0 ${status}`,'],
      [LENGTH, ''],
      [CLOSE, ''],
    ],
  },
  { name: 'sends chunks of prime sizes', ...STAGE, edit: inChunks(1009) },
  { name: 'sends chunks of a mebibyte', ...STAGE, edit: inChunks(1024 * 1024) },
  send('leaves connections open', SEND.replace('end', 'write'), [
    CLOSE,
    "'Connection: keep-alive',",
  ]),
  send('thinks for 300 ms before it answers', `setTimeout(() => ${SEND.replace(';', ', 300);')}`),
  send(
    'sends 16 KiB at a time, as fast as they are read',
    `{
      const reply = respond(request);
      const go = (at: number): void => {
        if (at >= reply.byteLength) socket.end();
        else socket.write(reply.subarray(at, at + 16384), () => go(at + 16384));
      };
      go(0);
    }`,
  ),
  send(
    'sends from a generator',
    'Readable.from(slices(respond(request))).pipe(socket);',
    [IMPORT, `${IMPORT}\nimport { Readable } from 'node:stream';`],
    [
      MAIN,
      `function* slices(bytes: Buffer) {\n  for (let at = 0; at < bytes.length; at += 9999) yield bytes.subarray(at, at + 9999);\n}\n\n${MAIN}`,
    ],
  ),
  send(
    'streams files from the disk',
    'stream(socket, request).catch(() => socket.end(respond(request)));',
    [MAIN, `${STREAM}\n\n${MAIN}`],
    [IMPORT, `${IMPORT}\nimport { pipeline } from 'node:stream/promises';`],
    ['import { readdirSync,', 'import { createReadStream, readdirSync,'],
  ),
  send(
    'reads files by promises',
    'void respond(request).then((reply) => socket.end(reply));',
    [RESPOND, 'async function respond(request: string) {'],
    [RESOLVE, 'return await resolveUri(uri);'],
    [
      'export function resolveUri(uri: string): Buffer {',
      'export async function resolveUri(uri: string) {',
    ],
    [FILE, FILE.replace('readFileSync(target)', 'await readFile(target)')],
    [IMPORT, `${IMPORT}\nimport { readFile } from 'node:fs/promises';`],
  ),
  send(
    'answers HEAD as well',
    String.raw`{
      const isHead = /^HEAD \//.test(request);
      const reply = respond(isHead ? 'GET' + request.slice(4) : request);
      socket.end(isHead ? reply.subarray(0, reply.indexOf('\r\n\r\n') + 4) : reply);
    }`,
  ),
  {
    name: 'tells much about its files',
    ...STAGE,
    edit: [
      [
        CLOSE,
        String.raw`${CLOSE}
        'Server: mine', 'ETag: "' + content.byteLength + '"', 'Last-Modified: ' + new Date(0).toUTCString(),
        'Accept-Ranges: bytes', 'Cache-Control: max-age=3600', 'Content-Language: en',
        'X-Content-Type-Options: nosniff', 'Content-Disposition: inline; filename="x"', 'X-Empty:',
        ...Array.from({ length: 300 }, (_, index) => 'X-Filler-' + index + ': ' + 'z'.repeat(index)),`,
      ],
    ],
  },
  {
    name: 'forbids what leads outside',
    ...STAGE,
    edit: [
      [JUDGE, JUDGE.replace('NotFound(`${path} is outside`)', "ClientError('403 Forbidden')")],
    ],
  },
  {
    name: 'shows its front page instead of what leads outside',
    ...STAGE,
    edit: [[JUDGE, JUDGE.replace('throw new NotFound(`${path} is outside`)', 'return root')]],
  },
  {
    name: 'closes the connection on what leads outside',
    ...STAGE,
    edit: [
      [JUDGE, JUDGE.replace('throw new NotFound(`${path} is outside`)', "throw 'outside'")],
      [MISSING, `if (error === 'outside') return Buffer.alloc(0);\n  ${MISSING}`],
    ],
  },
  {
    name: 'lets URL find out what a URI means',
    ...STAGE,
    edit: [
      [
        "const [path = ''] = uri.replace(/^https?:\\/\\/[^/?#]*/i, '').split(/[?#]/);",
        "const { pathname: path } = new URL(uri, 'http://localhost');",
      ],
      [MISSING, `if (error instanceof TypeError) return clientErrorResponse();\n  ${MISSING}`],
    ],
  },
  {
    name: 'says that what is missing is gone',
    ...STAGE,
    edit: [[MISSING, MISSING.replace('notFoundResponse()', "errorResponse('410 Not any more')")]],
  },
  {
    name: 'redirects folders to their slash, and lists there',
    ...STAGE,
    edit: [
      [
        LIST,
        `{
          if (uri.endsWith('/')) ${LIST}
          return buildResponse('301 Moved', { Location: uri + '/' }, '');
        }`,
      ],
    ],
  },
  {
    name: 'writes a log beside the files it serves',
    ...STAGE,
    edit: [
      [RESOLVE, `appendFileSync(join(WEB_ROOT, 'access.log'), uri);\n    ${RESOLVE}`],
      ['import { readdirSync,', 'import { appendFileSync, readdirSync,'],
    ],
  },
  {
    name: 'serves from four processes of a cluster',
    ...STAGE,
    edit: [
      [IMPORT, `import cluster from 'node:cluster';\n${IMPORT}`],
      [
        GUARD,
        GUARD.replace(
          'start()',
          '[1, 2, 3, 4].forEach(() => (cluster.isWorker ? void 0 : cluster.fork()))',
        ) + '\nif (cluster.isWorker) start();',
      ],
    ],
  },
  {
    name: 'gives up on a silent client within two seconds',
    ...STAGE,
    edit: [
      ['MAX_IDLE_MS = 30_000', 'MAX_IDLE_MS = 1500'],
      [LIMITS, `process.stdin.on('data', () => undefined);\n${LIMITS}`],
      ['socket.destroy()', String.raw`socket.end('HTTP/1.0 408 Too slow\r\n\r\n')`],
    ],
  },
  ...['socket.resetAndDestroy()', 'undefined'].map((answer, index) => ({
    name: `tries its port before it serves there, ${index === 0 ? 'resetting' : 'keeping'} who comes`,
    ...STAGE,
    edit: [
      [
        'server.listen(PORT, HOST',
        `const probe = createServer((socket) => ${answer});
  const leave = () => probe.close(() => setTimeout(() => server.listen(PORT, HOST), 50));
  probe.listen(PORT, HOST, () => setTimeout(leave, 20));
  server.once('listening'`,
      ] as const,
    ],
  })),
];
