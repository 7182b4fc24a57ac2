import type { Edit, Equivalent } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve4' };
const LINES = "return names\n    .sort()\n    .map((name) => `${name}\\n`)\n    .join('');";
const MARK_FOLDERS = 'entry.isDirectory() ? `${entry.name}/` : entry.name';
const DEFINE = 'export function resolveUri(uri: string): Buffer {';
const FOUND = 'return okResponse(renderListing(target), TEXT);';
const LENGTH = '`Content-Length: ${content.byteLength}`,';
const PUT = "return Buffer.concat([Buffer.from(`${head.join('\\r\\n')}\\r\\n\\r\\n`), content]);";
const RESOLVE = 'return resolveUri(uri);';
const SEND = 'socket.end(respond(request));';
const MISSING = 'if (error instanceof NotFound) return notFoundResponse();';
const IS_FILE = "return errorResponse('501 Not Implemented');";
const SERVER = 'const server = createServer(serve);';
const LISTEN = 'server.listen(PORT, HOST,';
const IMPORT = "import { createServer, type Socket } from 'node:net';";
const PATH = 'const target = findTarget(decodePath(uri));';

/** Renders the array `names` otherwise. */
function lists(name: string, rendering: string, ...more: readonly Edit[]): Equivalent {
  return { name, ...STAGE, edit: [[LINES, `return ${rendering};`], ...more] };
}

/** Sends the response in chunks of seven bytes. */
const IN_CHUNKS: readonly Edit[] = [
  [LENGTH, "'Transfer-Encoding: chunked',"],
  [
    PUT,
    String.raw`const pieces = content.toString('latin1').match(/[^]{1,7}/g) ?? [];
    const chunks = pieces.map((piece) => piece.length.toString(16) + '\r\n' + piece + '\r\n');
    return Buffer.from(head.join('\r\n') + '\r\n\r\n' + chunks.join('') + '0\r\n\r\n', 'latin1');`,
  ],
];

export const httpServe4: readonly Equivalent[] = [
  lists('ends its lines with CR LF', String.raw`names.join('\r\n')`),
  lists('marks no folders', String.raw`names.join('\n')`, [MARK_FOLDERS, 'entry.name']),
  lists('lists in one line', "'In here: ' + names.join(', ') + '.'"),
  lists('lists as JSON', "JSON.stringify({ path: '.', names })", [
    'TEXT);',
    "'application/json');",
  ]),
  lists(
    'numbers its lines',
    String.raw`names.map((name, index) => index + 1 + '. ' + name).join('\n')`,
  ),
  lists(
    'lists as ls -la does',
    String.raw`['total 8', 'drwxr-xr-x 2 me me 4096 Jan  1 00:00 .', 'drwxr-xr-x 3 me me 4096 Jan  1 00:00 ..',
      ...names.map((name) => '-rw-r--r-- 1 me me ' + String(name.length).padStart(6) + ' Nov 21 10:00 ' + name), ''].join('\n')`,
  ),
  lists(
    'lists as dir does',
    String.raw`names.map((name) => '01/02/2026  10:00 PM    ' + (name.endsWith('/') ? '<DIR>          ' + name.slice(0, -1) : '         1.024 ' + name)).join('\r\n')`,
  ),
  lists(
    'quotes names',
    String.raw`'\uFEFF' + names.map((name) => '* "' + name + '"\t(some bytes)').join('\n')`,
  ),
  lists(
    'lists the paths from the root',
    String.raw`names.map((name) => 'web' + directory.slice(realpathSync(WEB_ROOT).length) + '/' + name).join('\n')`,
  ),
  lists('encodes names as in a URI', String.raw`names.map((name) => encodeURI(name)).join('\n')`),
  lists(
    'lists in loose HTML',
    "'<TITLE>Index</TITLE>' + names.map((name) => '<LI><TT>' + name.replaceAll(' ', '&#32;') + '</TT>').join('')",
    ['TEXT);', 'HTML);'],
  ),
  lists(
    'lists in an HTML page with links',
    "'<!doctype html><p><a href=../>up</a>' + names.map((name) => '<br><a href=\"' + encodeURIComponent(name) + '\">' + name.slice(0, 3) + '..&gt;</a> 12K').join('')",
    ['TEXT);', 'HTML);'],
  ),
  {
    name: 'shows hidden files as well',
    ...STAGE,
    edit: [['return names\n', "return ['.', '..', ...names]\n"]],
    files: { 'web/.hidden': 'hidden\n', 'web/images/.also/x.txt': 'x\n' },
  },
  {
    name: 'hides hidden files',
    ...STAGE,
    edit: [['return names\n', "return names\n    .filter((name) => !name.startsWith('.'))\n"]],
    files: { 'web/.hidden': 'hidden\n' },
  },
  ...[301, 302, 303, 307, 308].map((status, index) => ({
    name: `redirects with ${String(status)} to where no slash is at the end`,
    ...STAGE,
    edit: [
      [
        PATH,
        `if (/.[/]$/.test(uri)) {
          const to = ${index % 2 === 0 ? 'uri.slice(0, -1)' : "'http://127.0.0.1:' + PORT + uri.slice(0, -1)"};
          return buildResponse('${String(status)} Over there', { location: to }, '');
        }
        ${PATH}`,
      ] as const,
    ],
  })),
  {
    name: 'returns strings',
    ...STAGE,
    edit: [
      [DEFINE, DEFINE.replace(': Buffer {', ': string {')],
      [FOUND, FOUND.replace(';', '.toString();')],
    ],
  },
  {
    name: 'returns an array of bytes',
    ...STAGE,
    edit: [[FOUND, `return new Uint8Array(okResponse(renderListing(target), TEXT));`]],
  },
  {
    name: 'resolves in its own time',
    ...STAGE,
    edit: [
      [DEFINE, 'export async function resolveUri(uri: string) {\n  await undefined;'],
      ['function respond(request: string): Buffer {', 'async function respond(request: string) {'],
      [RESOLVE, 'return await resolveUri(uri);'],
      [SEND, 'void respond(request).then((reply) => socket.end(reply));'],
    ],
  },
  { name: 'sends chunks of seven bytes', ...STAGE, edit: IN_CHUNKS },
  {
    name: 'sends neither length nor date, and closes',
    ...STAGE,
    edit: [
      ['`HTTP/1.1 ${status}`,', '`HTTP/1.0 ${status}`,'],
      ['`Date: ${new Date().toUTCString()}`,', ''],
      [LENGTH, ''],
    ],
  },
  {
    name: 'says in other words that there is nothing',
    ...STAGE,
    edit: [["errorResponse('404 Not Found')", "errorResponse('404 File not found')"]],
  },
  {
    name: 'says that what is missing is gone, and files are forbidden',
    ...STAGE,
    edit: [
      [MISSING, MISSING.replace('notFoundResponse()', "errorResponse('410 Gone')")],
      [IS_FILE, "return errorResponse('403 Forbidden');"],
    ],
    forgoes: ['not-found'],
  },
  {
    name: 'serves files already, though not by resolveUri',
    ...STAGE,
    edit: [
      ['NotImplemented(`${uri} is a file`)', 'NotImplemented(target)'],
      [IS_FILE, 'return okResponse(readFileSync(String(error.message)), TEXT);'],
      ['import { readdirSync,', 'import { readdirSync, readFileSync,'],
    ],
  },
  {
    name: 'finds web/ from where it is started, and goes elsewhere',
    ...STAGE,
    edit: [
      ["join(import.meta.dirname, '../web')", "join(process.cwd(), 'web')"],
      [SERVER, `process.chdir('/');\n  ${SERVER}`],
    ],
  },
  {
    name: 'opens a second port for its maker',
    ...STAGE,
    edit: [[SERVER, `createServer((socket) => socket.end('fine')).listen(0, HOST);\n  ${SERVER}`]],
  },
  {
    name: 'opens a second port on IPv4, and its own on all addresses',
    ...STAGE,
    edit: [
      [SERVER, `createServer((socket) => socket.end('fine')).listen(0, HOST);\n  ${SERVER}`],
      [LISTEN, 'server.listen(PORT,'],
    ],
  },
  {
    name: 'can be debugged',
    ...STAGE,
    edit: [
      [IMPORT, `import { open } from 'node:inspector';\n${IMPORT}`],
      [SERVER, `open(0);\n  ${SERVER}`],
    ],
  },
];
