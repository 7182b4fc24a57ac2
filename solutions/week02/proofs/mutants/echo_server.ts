import type { Mutant } from '../../../../grader/lab/index.ts';

const ANSWER = "socket.on('data', (bytes) => socket.write(bytes));";
const START = 'if (basename(process.argv[1]';
const NOT_STARTED = { stage: 'echo_server', fails: ['listens-where-told'] };
const ALL = ['line', 'browser-request', 'next-client'];

export const echoServer: readonly Mutant[] = [
  {
    name: 'prints one port and binds another',
    stage: 'echo_server',
    edit: [['listen(PORT,', 'listen(0,']],
    fails: ['listens-where-told'],
    code: 'wrong-port',
  },
  {
    name: 'has a bracket too few',
    ...NOT_STARTED,
    edit: [['createServer(serve);', 'createServer(serve;']],
    code: 'syntax-error',
  },
  {
    name: 'crashes before it listens',
    ...NOT_STARTED,
    edit: [['createServer(serve);', 'createServer(serve).setUp();']],
    code: 'exited-early',
  },
  {
    name: 'crashes as soon as it listens',
    ...NOT_STARTED,
    edit: [['console.log(`listening', 'console.lgo(`listening']],
    code: 'exited-early',
  },
  {
    name: "binds an address that is not this machine's",
    ...NOT_STARTED,
    edit: [["'127.0.0.1'", "'192.0.2.1'"]],
    code: 'exited-early',
  },
  {
    name: 'ends without listening',
    ...NOT_STARTED,
    edit: [[START, 'if (!basename(process.argv[1]']],
    code: 'exited-early',
  },
  {
    name: 'asks at the console for its port',
    ...NOT_STARTED,
    edit: [
      [
        '  server.listen(',
        "  console.log('Which port?');\n  process.stdin.once('data', () => server.listen(",
      ],
      ['${HOST}:${PORT}/`));', '${HOST}:${PORT}/`)));'],
    ],
    code: 'never-listened',
  },
  {
    name: 'changes what it sends back',
    stage: 'echo_server',
    edit: [['socket.write(bytes)', 'socket.write(bytes.toString().toUpperCase())']],
    fails: ALL,
    code: 'body-differs',
  },
  {
    name: 'sends everything twice',
    stage: 'echo_server',
    edit: [['socket.write(bytes)', 'socket.write(Buffer.concat([bytes, bytes]))']],
    fails: ALL,
    code: 'trailing-bytes',
  },
  {
    name: 'keeps what it gets to itself',
    stage: 'echo_server',
    edit: [['socket.write(bytes)', 'console.log(String(bytes))']],
    fails: ALL,
    code: 'silent',
  },
  {
    name: 'closes the connection instead of answering',
    stage: 'echo_server',
    edit: [['socket.write(bytes)', 'socket.end()']],
    fails: ALL,
    code: 'closed-empty',
  },
  {
    name: 'resets the connection instead of answering',
    stage: 'echo_server',
    edit: [['(bytes) => socket.write(bytes)', '() => socket.resetAndDestroy()']],
    fails: ALL,
    code: 'connection-reset',
  },
  {
    name: 'sends back 256 bytes at most',
    stage: 'echo_server',
    edit: [['socket.write(bytes)', 'socket.end(bytes.subarray(0, 256))']],
    fails: ['browser-request'],
    code: 'truncated',
  },
  {
    name: 'sends back the first line alone',
    stage: 'echo_server',
    edit: [['socket.write(bytes)', "socket.write(String(bytes).split('\\r\\n')[0] + '\\r\\n')"]],
    fails: ['browser-request'],
    code: 'truncated',
  },
  {
    name: 'is killed by an empty connection',
    stage: 'echo_server',
    edit: [
      [
        ANSWER,
        `let first: Buffer | undefined;
  socket.on('data', (bytes) => socket.write((first = bytes)));
  socket.on('end', () => console.log(first!.toString()));`,
      ],
    ],
    fails: ['next-client'],
    code: 'crashed',
  },
  {
    name: 'never comes back from an empty connection',
    stage: 'echo_server',
    edit: [
      [
        ANSWER,
        `let received = '';
  socket.on('data', (bytes) => socket.write((received += bytes)));
  socket.on('end', () => { while (received === '') continue; });`,
      ],
    ],
    fails: ['next-client'],
    code: 'silent',
  },
  {
    name: 'never serves its second client',
    stage: 'echo_server',
    edit: [
      ['function serve(', 'let served = false;\n\nfunction serve('],
      [ANSWER, `if (served) return;\n  served = true;\n  ${ANSWER}`],
    ],
    fails: ['browser-request', 'next-client'],
    code: 'silent',
  },
];
