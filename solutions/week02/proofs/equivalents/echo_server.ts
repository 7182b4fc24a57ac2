import type { Equivalent } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'echo_server' };
const ECHO = "socket.on('data', (bytes) => socket.write(bytes));";
const LAST_IMPORT = "import { basename } from 'node:path';";
const HOST = "'127.0.0.1'";
const SERVER = 'const server = createServer(serve);';
const GUARD = "if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();";

export const echoServer: readonly Equivalent[] = [
  {
    name: 'pipes each connection into itself',
    ...STAGE,
    edit: [[ECHO, 'socket.pipe(socket);']],
  },
  {
    name: 'reads with an async iterator',
    ...STAGE,
    edit: [
      ['function serve(socket: Socket): void {', 'async function serve(socket: Socket) {'],
      [ECHO, 'for await (const bytes of socket) socket.write(bytes);'],
      [SERVER, 'const server = createServer((socket) => serve(socket).catch(console.error));'],
    ],
  },
  {
    name: 'reads when there is something to read',
    ...STAGE,
    edit: [
      [
        ECHO,
        `socket.on('readable', () => {
          for (let piece = socket.read(); piece !== null; piece = socket.read()) socket.write(piece);
        });`,
      ],
    ],
  },
  {
    name: 'sends back one byte at a time',
    ...STAGE,
    edit: [
      [
        ECHO,
        `socket.setNoDelay();
        socket.on('data', (bytes) => {
          for (const byte of bytes) socket.write(Uint8Array.of(byte));
        });`,
      ],
    ],
  },
  {
    name: 'thinks for 300 ms before it answers',
    ...STAGE,
    edit: [[ECHO, "socket.on('data', (bytes) => setTimeout(() => socket.write(bytes), 300));"]],
  },
  {
    name: 'sends everything through a stream of its own',
    ...STAGE,
    edit: [
      [LAST_IMPORT, `${LAST_IMPORT}\nimport { PassThrough, pipeline } from 'node:stream';`],
      [ECHO, 'pipeline(socket, new PassThrough(), socket, () => undefined);'],
    ],
  },
  {
    name: 'takes bytes for Latin-1 both ways',
    ...STAGE,
    edit: [
      [
        ECHO,
        "socket.setEncoding('latin1');\n  socket.on('data', (text) => socket.write(text, 'latin1'));",
      ],
    ],
  },
  {
    name: 'closes its half of a connection by itself',
    ...STAGE,
    edit: [
      [SERVER, 'const server = createServer({ allowHalfOpen: true }, serve);'],
      [ECHO, `${ECHO}\n  socket.on('end', () => socket.end());`],
    ],
  },
  {
    name: 'listens on all addresses of IPv4',
    ...STAGE,
    edit: [[HOST, "'0.0.0.0'"]],
  },
  {
    name: 'listens on all addresses there are',
    ...STAGE,
    edit: [['PORT, HOST,', 'PORT,']],
  },
  {
    name: 'listens on the loopback of IPv6',
    ...STAGE,
    edit: [[HOST, "'::1'"]],
  },
  {
    name: 'listens on localhost, whichever that is',
    ...STAGE,
    edit: [[HOST, "'localhost'"]],
  },
  {
    name: 'listens on both loopbacks with a server each',
    ...STAGE,
    edit: [[SERVER, `createServer(serve).listen(PORT, '::1');\n  ${SERVER}`]],
  },
  {
    name: 'takes its port from the first argument',
    ...STAGE,
    edit: [['process.env.PORT ?? process.argv[2]', 'process.argv[2] ?? process.env.PORT']],
  },
  {
    name: 'listens after a second',
    ...STAGE,
    edit: [[GUARD, GUARD.replace('start()', 'setTimeout(start, 1000)')]],
  },
  {
    name: 'takes no notice of SIGINT and SIGTERM',
    ...STAGE,
    edit: [
      [
        SERVER,
        `process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined);\n  ${SERVER}`,
      ],
    ],
  },
  {
    name: 'serves from a process in a session of its own',
    ...STAGE,
    edit: [
      [LAST_IMPORT, `${LAST_IMPORT}\nimport { spawn } from 'node:child_process';`],
      [
        GUARD,
        GUARD.replace(
          'start()',
          `{
            if (process.env.SERVES) start();
            else {
              spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
                detached: true,
                stdio: 'inherit',
                env: { ...process.env, SERVES: 'yes' },
              }).unref();
            }
          }`,
        ),
      ],
    ],
  },
  {
    name: 'serves from two processes of a cluster',
    ...STAGE,
    edit: [
      [LAST_IMPORT, `${LAST_IMPORT}\nimport cluster from 'node:cluster';`],
      [
        GUARD,
        GUARD.replace(
          'start()',
          '{\n    if (cluster.isWorker) start();\n    else { cluster.fork(); cluster.fork(); }\n  }',
        ),
      ],
    ],
  },
  {
    name: 'ends when nobody types any more',
    ...STAGE,
    edit: [[SERVER, `process.stdin.resume().on('end', () => process.exit());\n  ${SERVER}`]],
  },
  {
    name: 'tries its own port before it lets others come',
    ...STAGE,
    edit: [
      ['import { createServer, type', 'import { connect, createServer, type'],
      [
        '() => console.log(`listening on http://${HOST}:${PORT}/`)',
        '() => connect(PORT, HOST, function () { this.destroy(); })',
      ],
    ],
  },
];
