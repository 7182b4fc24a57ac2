import { describe, expect, it } from '@jest/globals';
import getPort, { portNumbers } from 'get-port';
import type { CheckResult, StageResult } from '../model/result.ts';
import { drawSource, namePlace } from '../report/draw-source.ts';
import { gradeJson, isInstalled } from './cli.ts';
import { gradeTest } from './grade.ts';
import { makeSubmission } from './submission.ts';

const PAGE = "readFileSync('tiny_html.html')";
const LISTEN = "server.listen(Number(process.env.PORT), '127.0.0.1');";
const IMPORTS = [
  "import { createServer } from 'node:net';",
  "import { readFileSync } from 'node:fs';",
];

/** A server that does this on a request; its fifth line. */
const server = (onRequest: string, listen = LISTEN): string =>
  [
    ...IMPORTS,
    'const server = createServer((socket) => {',
    "  socket.once('data', async () => {",
    `    ${onRequest}`,
    '  });',
    '});',
    listen,
  ].join('\n');

const HEAD = 'HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n';
/** Outside the grader's own; others for each run of the tests. */
const oddPort = (): Promise<number> =>
  getPort({ port: portNumbers(12_000 + (process.pid % 5000), 17_999) });
const [ODD_PORT, BUSY_PORT] = [await oddPort(), await oddPort()];
const module = { 'package.json': '{ "type": "module" }' };

interface Wrong {
  readonly name: string;
  readonly stage?: string;
  readonly files: Readonly<Record<string, string>>;
  /** The check, its diagnosis, and what is drawn of the source. */
  readonly told: readonly string[];
}

const WRONG: readonly Wrong[] = [
  {
    name: 'TypeScript: the line feed, within the text that is sent',
    files: {
      'http_serve2/http_serve2.ts': server(
        `const page: Buffer = ${PAGE}; socket.end(\`HTTP/1.1 200 OK\\n\\r\\n\${page}\`);`,
      ),
    },
    told: [
      'status-line [lf-only]',
      'sent by http_serve2/http_serve2.ts:5:65',
      "   5 |     const page: Buffer = readFileSync('tiny_html.html'); socket.end(`HTTP/1.1 200 OK\\n\\r\\n${page}`);",
      '     |                                                                                     ^^',
    ],
  },
  {
    name: 'JavaScript: the text, written out elsewhere in the file',
    files: {
      ...module,
      'http_serve2/http_serve2.js': `${server(`socket.end(reply(${PAGE}));`)}\nfunction reply(page) {\n  return Buffer.concat([Buffer.from('HTTP:/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n'), page]);\n}`,
    },
    told: [
      'status-line [bad-status-line]',
      'set in http_serve2/http_serve2.js:10:42',
      "  10 |   return Buffer.concat([Buffer.from('HTTP:/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n'), page]);",
      '     |                                          ^^^^^',
    ],
  },
  {
    name: 'TypeScript: a blank too many, and not those that the line of the call begins with',
    files: {
      'http_serve2/http_serve2.ts': `${IMPORTS.join('\n')}\nconst server = createServer((socket) => {\n  socket.once('data', () => socket.end(reply(${PAGE})));\n});\n${LISTEN}\nconst reply = (page: Buffer) => \`HTTP/1.1  200 OK\\r\\n\\r\\n\${page}\`;`,
    },
    told: [
      'status-line [bad-status-line]',
      'set in http_serve2/http_serve2.ts:7:43',
      '   7 | const reply = (page: Buffer) => `HTTP/1.1  200 OK\\r\\n\\r\\n${page}`;',
      '     |                                           ^',
    ],
  },
  {
    name: 'CommonJS: a file of its own that writes',
    files: {
      'http_serve2/http_serve2.cjs': `const { send } = require('./send.cjs');\nrequire('node:net').createServer((socket) => socket.once('data', () => send(socket))).listen(process.env.PORT);`,
      'http_serve2/send.cjs': `exports.send = (socket) => {\n  socket.write('HTTP/1.1 200 OK\\r\\n');\n  socket.write('Content-Type: text/plain\\r\\n\\r\\n');\n  socket.end(require('node:fs').${PAGE});\n};`,
    },
    told: [
      'content-type [wrong-header]',
      'sent by http_serve2/send.cjs:3:10',
      "   3 |   socket.write('Content-Type: text/plain\\r\\n\\r\\n');",
      '     |                               ^^^^^^^^^^',
    ],
  },
  {
    name: 'TypeScript under the loader: a file of its own that writes',
    files: {
      'http_serve2/http_serve2.ts': `import { send } from './send.ts';\n${server('send(socket);')}`,
      'http_serve2/send.ts': [
        ...IMPORTS,
        "import type { Socket } from 'node:net';",
        'interface Page { readonly bytes: Buffer }',
        'export function send(socket: Socket): void {',
        `  const page: Page = { bytes: ${PAGE} };`,
        `  socket.write('${HEAD}');`,
        '  socket.end(page.bytes.subarray(1));',
        '}',
      ].join('\n'),
    },
    told: [
      'body [body-differs]',
      'sent by http_serve2/send.ts:8:10',
      '   8 |   socket.end(page.bytes.subarray(1));',
      '     |          ^',
    ],
  },
  {
    name: 'JavaScript: behind an await, the second of two writes',
    files: {
      ...module,
      'http_serve2/http_serve2.js': server(
        `socket.write('${HEAD}'); await null; socket.end(${PAGE}.toString('latin1'));`,
      ),
    },
    told: [
      'body [latin1-body]',
      'sent by http_serve2/http_serve2.js:5:92',
      "   5 |     socket.write('HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n'); await null; socket.end(readFileSync('tiny_html.html').toString('latin1'));",
      '     |                                                                                            ^',
    ],
  },
  {
    name: 'JavaScript: a port that is written out',
    stage: 'http_serve1',
    files: {
      ...module,
      'http_serve1/http_serve1.js': server(
        `socket.end(${PAGE});`,
        `server.listen(${ODD_PORT}, '127.0.0.1');`,
      ),
    },
    told: [
      'listens-where-told [wrong-port]',
      'listens in http_serve1/http_serve1.js:8:8',
      `   8 | server.listen(${ODD_PORT}, '127.0.0.1');`,
      `     |               ^^^^^ always ${ODD_PORT}`,
    ],
  },
  {
    // That the port is open may be seen before the program goes on behind its call.
    name: 'JavaScript: a port of its own, by a program that is busy as soon as it listens',
    stage: 'http_serve1',
    files: {
      ...module,
      'http_serve1/http_serve1.js': server(
        `socket.end(${PAGE});`,
        `server.address = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);\nserver.listen(${BUSY_PORT}, '127.0.0.1');`,
      ),
    },
    told: [
      'listens-where-told [wrong-port]',
      'listens in http_serve1/http_serve1.js:9:8',
      `   9 | server.listen(${BUSY_PORT}, '127.0.0.1');`,
      `     |               ^^^^^ always ${BUSY_PORT}`,
    ],
  },
  {
    name: 'TypeScript: a port that the system chooses',
    stage: 'http_serve1',
    files: {
      'http_serve1/http_serve1.ts': server(
        `socket.end(${PAGE});`,
        "const port: number = 0; server.listen(port, '127.0.0.1');",
      ),
    },
    told: [
      'listens-where-told [wrong-port]',
      'listens in http_serve1/http_serve1.ts:8:32',
      "   8 | const port: number = 0; server.listen(port, '127.0.0.1');",
      '     |                                ^',
    ],
  },
];

describe('the line behind a failure', () => {
  it.each(WRONG)('$name', async ({ files, stage = 'http_serve2', told }) => {
    const submission = makeSubmission(files);
    try {
      const stages = await gradeTest(submission.folder, [stage], { traced: 'all' });
      const [failed] = checksOf(stages).filter(({ outcome }) => outcome.status === 'failed');
      expect(tell(failed)).toEqual(told);
    } finally {
      submission.remove();
    }
  });

  it('is looked for behind the failure that is shown, and no other', async () => {
    const wrong = server(`socket.end('${HEAD}wrong');`);
    const stages = ['http_serve1', 'http_serve2'];
    const submission = makeSubmission({
      ...module,
      'http_serve1/http_serve1.js': wrong,
      'http_serve2/http_serve2.js': wrong,
    });
    const placesOf = async (traced?: 'first' | 'all'): Promise<number> => {
      const graded = await gradeTest(submission.folder, stages, { ...(traced && { traced }) });
      return checksOf(graded).filter((check) => sourceOf(check)).length;
    };
    try {
      expect(await placesOf()).toBe(0);
      expect(await placesOf('first')).toBe(1);
      expect(await placesOf('all')).toBe(3);
    } finally {
      submission.remove();
    }
  });

  it('is found in a cell as well', async () => {
    if (!isInstalled('bwrap')) return;
    const [first] = WRONG;
    const submission = makeSubmission(first?.files ?? {});
    try {
      const args = ['week02', 'http_serve2', '--from', submission.folder, '--sandbox', 'bwrap'];
      const { result } = await gradeJson(args);
      const failed = checksOf(result.stages).find(({ outcome }) => outcome.status === 'failed');
      expect(tell(failed)).toEqual(first?.told);
    } finally {
      submission.remove();
    }
  }, 30_000);
});

function checksOf(stages: readonly StageResult[]): readonly CheckResult[] {
  return stages.flatMap(({ checks }) => checks);
}

function sourceOf({ outcome }: CheckResult) {
  return outcome.status === 'failed' ? outcome.diagnosis.source : undefined;
}

function tell(check: CheckResult | undefined): readonly string[] {
  if (check?.outcome.status !== 'failed') return [];
  const { code, source } = check.outcome.diagnosis;
  const id = check.id.replace(/^.*\//, '');
  return [`${id} [${code}]`, ...(source ? [namePlace(source), ...drawSource(source, 200)] : [])];
}
