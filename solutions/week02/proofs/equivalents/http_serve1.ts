import type { Edit, Equivalent } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve1' };
const ANSWER = "socket.once('data', () => socket.end(readFileSync(PAGE)));";
const READ = 'socket.end(readFileSync(PAGE))';
const IMPORT = "import { readFileSync } from 'node:fs';";
const SERVER = 'const server = createServer(serve);';

/** Puts a head before the page. @param head lines, each ended by \r\n as a program writes it */
function withHead(head: string, write = 'end'): Edit {
  return [
    READ,
    `{
      const page = readFileSync(PAGE);
      socket.${write}(Buffer.concat([Buffer.from(${head}), page]));
    }`,
  ];
}

export const httpServe1: readonly Equivalent[] = [
  {
    name: 'answers in HTTP/1.0, and closes',
    ...STAGE,
    edit: [withHead(String.raw`'HTTP/1.0 200 OK\r\n\r\n'`)],
  },
  {
    name: 'declares its length, and leaves the connection open',
    ...STAGE,
    edit: [
      withHead(
        String.raw`'HTTP/1.1 200 OK\r\nContent-Length: ' + page.byteLength + '\r\n\r\n'`,
        'write',
      ),
    ],
  },
  {
    name: 'keeps alive a client of HTTP/1.0',
    ...STAGE,
    edit: [
      withHead(
        String.raw`'HTTP/1.0 200 \r\ncontent-length:' + page.byteLength + '\r\nconnection: Keep-Alive\r\n\r\n'`,
        'write',
      ),
    ],
  },
  {
    name: 'sends one chunk, and leaves the connection open',
    ...STAGE,
    edit: [
      [
        READ,
        String.raw`{
          const page = readFileSync(PAGE);
          socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
          socket.write(page.byteLength.toString(16) + '\r\n');
          socket.write(page);
          socket.write('\r\n0\r\n\r\n');
        }`,
      ],
    ],
  },
  {
    name: 'sends the bare page one byte at a time',
    ...STAGE,
    edit: [
      [
        READ,
        `{
          const page = readFileSync(PAGE);
          socket.setNoDelay();
          const send = (at: number): void => {
            if (at === page.byteLength) socket.end();
            else socket.write(page.subarray(at, at + 1), () => send(at + 1));
          };
          send(0);
        }`,
      ],
    ],
  },
  {
    name: 'drips the page, in time',
    ...STAGE,
    edit: [
      [
        READ,
        `{
          const page = readFileSync(PAGE);
          let at = 0;
          const drip = setInterval(() => {
            socket.write(page.subarray(at, (at += 50)));
            if (at < page.byteLength) return;
            clearInterval(drip);
            socket.end();
          }, 40);
        }`,
      ],
    ],
  },
  {
    name: 'thinks for 300 ms before it answers',
    ...STAGE,
    edit: [[READ, `setTimeout(() => ${READ}, 300)`]],
  },
  {
    name: 'closes half a second after the page',
    ...STAGE,
    edit: [
      [
        READ,
        '{\n    socket.write(readFileSync(PAGE));\n    setTimeout(() => socket.end(), 500);\n  }',
      ],
    ],
  },
  {
    name: 'pipes the file into the connection',
    ...STAGE,
    edit: [
      [IMPORT, "import { createReadStream } from 'node:fs';"],
      [READ, 'createReadStream(PAGE, { highWaterMark: 10 }).pipe(socket)'],
    ],
  },
  {
    name: 'reads the file by a promise',
    ...STAGE,
    edit: [
      [IMPORT, "import { readFile } from 'node:fs/promises';"],
      [READ, 'readFile(PAGE).then((page) => socket.end(page), console.error)'],
    ],
  },
  {
    name: 'reads the file once, before it listens',
    ...STAGE,
    edit: [
      ['/** Answers one client', 'const page = readFileSync(PAGE);\n\n/** Answers one client'],
      [READ, 'socket.end(page)'],
    ],
  },
  {
    name: 'takes bytes for Latin-1 both ways',
    ...STAGE,
    edit: [[READ, "socket.end(readFileSync(PAGE, 'latin1'), 'latin1')"]],
  },
  {
    name: 'waits for the end of the head',
    ...STAGE,
    edit: [
      [
        ANSWER,
        String.raw`let head = '';
        socket.on('data', (bytes) => {
          head += bytes.toString('latin1');
          if (head.endsWith('\r\n\r\n')) socket.end(readFileSync(PAGE));
        });`,
      ],
    ],
  },
  {
    name: 'reads lines',
    ...STAGE,
    edit: [
      [IMPORT, `${IMPORT}\nimport { createInterface } from 'node:readline';`],
      [
        ANSWER,
        "createInterface({ input: socket }).on('line', (line) => {\n    if (line === '') socket.end(readFileSync(PAGE));\n  });",
      ],
    ],
  },
  {
    name: 'finds the page from where it is started',
    ...STAGE,
    edit: [["import.meta.dirname, '../tiny_html.html'", "process.cwd(), 'tiny_html.html'"]],
  },
  {
    name: 'goes elsewhere before it listens',
    ...STAGE,
    edit: [[SERVER, `process.chdir('/');\n  ${SERVER}`]],
  },
  {
    name: 'prints bytes without end of line, and a lot of them',
    ...STAGE,
    edit: [
      [SERVER, `process.stdout.write(Buffer.alloc(300_000, 0xfe));\n  ${SERVER}`],
      [ANSWER, `console.error(Buffer.alloc(20_000, 7).toString());\n  ${ANSWER}`],
    ],
  },
  {
    name: 'reads the file in a worker thread',
    ...STAGE,
    edit: [
      [IMPORT, "import { Worker } from 'node:worker_threads';"],
      [
        READ,
        `new Worker(
          'const { parentPort, workerData } = require("node:worker_threads");' +
            'parentPort.postMessage(require("node:fs").readFileSync(workerData));',
          { eval: true, workerData: PAGE },
        ).once('message', (page: Uint8Array) => socket.end(page))`,
      ],
    ],
  },
  {
    name: 'lets another program of its own read the file',
    ...STAGE,
    edit: [
      [IMPORT, "import { fork } from 'node:child_process';"],
      [
        READ,
        `fork(join(import.meta.dirname, 'reader.ts'), [PAGE]).once('message', (page) => {
          socket.end(Buffer.from(String(page), 'base64'));
        })`,
      ],
    ],
    files: {
      'http_serve1/reader.ts': `import { readFileSync } from 'node:fs';
const path: string = process.argv[2] ?? '';
process.send?.(readFileSync(path, 'base64'));
`,
    },
  },
];
