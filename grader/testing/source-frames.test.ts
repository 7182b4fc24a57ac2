import { expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from '../model/diagnosis.ts';
import { drawSource } from '../report/draw-source.ts';
import { isInstalled } from './cli.ts';
import { gradeTest } from './grade.ts';
import { makeSubmission } from './submission.ts';

const PYTHON_2 = ['/usr/bin/python2.7', join(homedir(), '.pyenv/versions/2.7.18/bin/python')].find(
  (path) => existsSync(path),
);

const NODE_SERVER = (onData: string): string =>
  [
    "import { createServer } from 'node:net';",
    'const server = createServer((socket) => {',
    "  socket.on('data', (bytes) => {",
    `    ${onData}`,
    '  });',
    '});',
    "server.listen(Number(process.env.PORT), '127.0.0.1');",
  ].join('\n');

const PYTHON_SERVER = (onData: string): string =>
  [
    'import os, socket',
    'def answer(conn, data):',
    `    ${onData}`,
    'server = socket.socket()',
    'server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)',
    'server.bind(("127.0.0.1", int(os.environ["PORT"])))',
    'server.listen(5)',
    'while True:',
    '    conn, peer = server.accept()',
    '    answer(conn, conn.recv(4096))',
  ].join('\n');

interface Broken {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly code: Diagnosis['code'];
  /** What is drawn: the line of source, and the carets below it. */
  readonly drawn: readonly string[];
  /** The file and the place in it. */
  readonly place: string;
  readonly runtime?: string;
}

const javascript = { 'package.json': '{ "type": "module" }' };

const BROKEN: readonly Broken[] = [
  {
    name: 'TypeScript that throws on a request',
    files: {
      'http_serve1/http_serve1.ts': NODE_SERVER(
        'const page: { readonly size?: { a: 1 } } = {}; socket.end(String(page.size!.a));',
      ),
    },
    code: 'crashed',
    place: 'http_serve1/http_serve1.ts:4:81',
    drawn: [
      '   4 | ...page: { readonly size?: { a: 1 } } = {}; socket.end(String(page.size!.a));',
      '     |                                                                          ^',
    ],
  },
  {
    name: 'TypeScript of several files, run by the loader',
    files: {
      'http_serve1/http_serve1.ts': `import { show } from './show.ts';\n${NODE_SERVER('socket.end(show());')}`,
      'http_serve1/show.ts':
        'type Page = string;\nexport function show(): Page {\n  return (null as unknown as { page: Page }).page;\n}\n',
    },
    code: 'crashed',
    place: 'http_serve1/show.ts:3:46',
    drawn: [
      '   3 |   return (null as unknown as { page: Page }).page;',
      '     |                                              ^',
    ],
  },
  {
    name: 'JavaScript that throws on a request',
    files: {
      ...javascript,
      'http_serve1/http_serve1.js': NODE_SERVER('undefinedFunction(bytes);'),
    },
    code: 'crashed',
    place: 'http_serve1/http_serve1.js:4:5',
    drawn: ['   4 |     undefinedFunction(bytes);', '     |     ^'],
  },
  {
    name: 'JavaScript that throws what is no error',
    files: { ...javascript, 'http_serve1/http_serve1.js': NODE_SERVER("throw 'no page';") },
    code: 'crashed',
    place: 'http_serve1/http_serve1.js:4:5',
    drawn: ["   4 |     throw 'no page';", '     |     ^'],
  },
  {
    name: 'JavaScript that rejects a promise',
    files: {
      ...javascript,
      'http_serve1/http_serve1.js': NODE_SERVER("void Promise.reject(new Error('no'));"),
    },
    code: 'crashed',
    place: 'http_serve1/http_serve1.js:4:25',
    drawn: ["   4 |     void Promise.reject(new Error('no'));", '     |                         ^'],
  },
  {
    name: 'JavaScript with a syntax error',
    files: { ...javascript, 'http_serve1/http_serve1.js': NODE_SERVER('socket.end(bytes;') },
    code: 'syntax-error',
    place: 'http_serve1/http_serve1.js:4:16',
    drawn: ['   4 |     socket.end(bytes;', '     |                ^'],
  },
  {
    name: 'CommonJS with a syntax error in a file that it requires',
    files: {
      'http_serve1/http_serve1.cjs':
        "const { page } = require('./page.cjs');\nconsole.log(page);\n",
      'http_serve1/page.cjs': "module.exports = {\n  page: 'one' 'two',\n};\n",
    },
    code: 'syntax-error',
    place: 'http_serve1/page.cjs:2:15',
    drawn: ["   2 |   page: 'one' 'two',", '     |               ^'],
  },
  {
    name: 'JavaScript that imports what is not there',
    files: {
      ...javascript,
      'http_serve1/http_serve1.js': "import { createServers } from 'node:net';\ncreateServers();\n",
    },
    code: 'syntax-error',
    place: 'http_serve1/http_serve1.js:1:10',
    drawn: ["   1 | import { createServers } from 'node:net';", '     |          ^'],
  },
  {
    name: 'TypeScript with a syntax error in a file that it imports',
    files: {
      'http_serve1/http_serve1.ts': "import { page } from './page.ts';\nconsole.log(page);\n",
      'http_serve1/page.ts': "export const page: string = 'one' 'two';\n",
    },
    code: 'syntax-error',
    place: 'http_serve1/page.ts:1:35',
    drawn: [
      "   1 | export const page: string = 'one' 'two';",
      '     |                                   ^',
    ],
  },
  {
    name: 'JavaScript that dies of JSON before it listens, which is no syntax error of its own',
    files: { ...javascript, 'http_serve1/http_serve1.js': "\n  JSON.parse('{');\n" },
    code: 'exited-early',
    place: 'http_serve1/http_serve1.js:2:8',
    drawn: ["   2 |   JSON.parse('{');", '     |        ^'],
  },
  {
    name: 'Python 3 with a syntax error',
    files: { 'http_serve1/http_serve1.py': PYTHON_SERVER('conn.sendall(data') },
    code: 'syntax-error',
    place: 'http_serve1/http_serve1.py:3:17',
    drawn: ['   3 |     conn.sendall(data', '     |                 ^'],
  },
  {
    name: 'Python 3 that raises on a request',
    files: {
      'http_serve1/http_serve1.py': PYTHON_SERVER("conn.sendall(data.decode('utf-9'))"),
    },
    code: 'crashed',
    place: 'http_serve1/http_serve1.py:3:18',
    drawn: ["   3 |     conn.sendall(data.decode('utf-9'))", '     |                  ^'],
  },
  {
    name: 'Python 3 whose library raises',
    files: { 'http_serve1/http_serve1.py': PYTHON_SERVER("import json; json.loads('{')") },
    code: 'crashed',
    place: 'http_serve1/http_serve1.py:3:18',
    drawn: ["   3 |     import json; json.loads('{')", '     |                  ^'],
  },
  {
    name: 'Python 3 that evaluates nonsense, which is no syntax error of its own',
    files: { 'http_serve1/http_serve1.py': "\neval('1 +')\n" },
    code: 'exited-early',
    place: 'http_serve1/http_serve1.py:2:1',
    drawn: ["   2 | eval('1 +')", '     | ^'],
  },
  {
    name: 'Python 3 with characters that would reorder the line',
    files: { 'http_serve1/http_serve1.py': 'x = +* 1 # \u202e\u001b[2J\n' },
    code: 'syntax-error',
    place: 'http_serve1/http_serve1.py:1:6',
    drawn: ['   1 | x = +* 1 # \\u202e\\u001b[2J', '     |      ^'],
  },
  ...(PYTHON_2 === undefined
    ? []
    : [
        {
          name: 'Python 2 with a syntax error',
          files: { 'http_serve1/http_serve1.py': PYTHON_SERVER('print "got" data') },
          code: 'syntax-error',
          place: 'http_serve1/http_serve1.py:3:20',
          drawn: ['   3 |     print "got" data', '     |                    ^'],
          runtime: `py=${PYTHON_2}`,
        } as const,
        {
          name: 'Python 2 that raises on a request',
          files: { 'http_serve1/http_serve1.py': PYTHON_SERVER('print nothing') },
          code: 'crashed',
          place: 'http_serve1/http_serve1.py:3:5',
          drawn: ['   3 |     print nothing', '     |     ^'],
          runtime: `py=${PYTHON_2}`,
        } as const,
      ]),
];

const possible = BROKEN.filter(
  ({ name }) => !name.startsWith('Python 3') || isInstalled('python3'),
);

it.each(possible)('shows the line of $name', async ({ files, code, place, drawn, runtime }) => {
  const submission = makeSubmission(files);
  try {
    const runtimes = runtime === undefined ? {} : { runtimes: [runtime] };
    const stages = await gradeTest(submission.folder, ['http_serve1'], runtimes);
    const [failed] = stages.flatMap(({ checks }) =>
      checks.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.diagnosis] : [])),
    );
    expect(failed?.code).toBe(code);
    const { source } = failed ?? {};
    if (!source) throw new Error(`no line is named in ${failed?.summary ?? ''}`);
    expect(drawSource(source, 84)).toEqual(drawn);
    expect([source.file, source.line, source.column].join(':')).toBe(place);
  } finally {
    submission.remove();
  }
});
