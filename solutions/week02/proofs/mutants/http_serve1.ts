import type { Mutant } from '../../../../grader/lab/index.ts';

const STAGE = { stage: 'http_serve1' };
const ANSWER = "socket.once('data', () => socket.end(readFileSync(PAGE)));";
const READ = 'socket.end(readFileSync(PAGE))';
const HTML = { ...STAGE, fails: ['html'] };
const NEXT = { ...STAGE, fails: ['next-client'] };

export const httpServe1: readonly Mutant[] = [
  {
    name: 'takes no notice of the port it is given',
    ...STAGE,
    edit: [['process.env.PORT ?? process.argv[2] ?? 50000', '0']],
    fails: ['listens-where-told'],
    code: 'wrong-port',
  },
  {
    name: 'sends the name of the page',
    ...HTML,
    edit: [[READ, 'socket.end(PAGE)']],
    code: 'body-differs',
  },
  {
    name: 'sends the first 256 bytes of the page',
    ...HTML,
    edit: [[READ, 'socket.end(readFileSync(PAGE).subarray(0, 256))']],
    code: 'truncated',
  },
  {
    name: 'reads the page as Latin-1',
    ...HTML,
    edit: [['readFileSync(PAGE)', "readFileSync(PAGE, 'latin1')"]],
    code: 'latin1-body',
  },
  {
    name: 'sends the page as Latin-1',
    ...HTML,
    edit: [[READ, "socket.end(readFileSync(PAGE, 'utf8'), 'latin1')"]],
    code: 'latin1-body',
  },
  {
    name: 'changes the line ends of the page',
    ...HTML,
    edit: [['readFileSync(PAGE)', "readFileSync(PAGE, 'utf8').replaceAll('\\n', '\\r\\n')"]],
    code: 'newline-translated',
  },
  {
    name: 'sends the page twice',
    ...HTML,
    edit: [['readFileSync(PAGE)', 'Buffer.concat([readFileSync(PAGE), readFileSync(PAGE)])']],
    code: 'trailing-bytes',
  },
  {
    name: 'sends a head that is not valid',
    ...HTML,
    edit: [['readFileSync(PAGE)', "'HTTP/1.1 200 OK\\n\\n' + readFileSync(PAGE, 'utf8')"]],
    code: 'lf-only',
  },
  {
    name: 'answers with a 404 around the page',
    ...HTML,
    edit: [
      ['readFileSync(PAGE)', "'HTTP/1.1 404 Not Found\\r\\n\\r\\n' + readFileSync(PAGE, 'utf8')"],
    ],
    code: 'wrong-status',
  },
  {
    name: 'does not find the page',
    ...HTML,
    edit: [["'../tiny_html.html'", "'tiny_html.html'"]],
    code: 'crashed',
  },
  {
    name: 'waits for more than the request',
    ...HTML,
    edit: [["once('data'", "once('end'"]],
    code: 'silent',
  },
  {
    name: 'closes the connection at once',
    ...HTML,
    edit: [[READ, 'socket.end()']],
    code: 'closed-empty',
  },
  {
    name: 'leaves out the parentheses of close',
    ...STAGE,
    edit: [
      [
        ANSWER,
        "socket.once('data', () => {\n    socket.write(readFileSync(PAGE));\n    socket.end;\n  });",
      ],
    ],
    fails: ['ends'],
    code: 'never-ends',
  },
  {
    name: 'keeps the connection open behind a page of unknown length',
    ...STAGE,
    edit: [
      [
        READ,
        "socket.write('HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n' + readFileSync(PAGE, 'utf8'))",
      ],
    ],
    fails: ['ends'],
    code: 'never-ends',
  },
  {
    name: 'reads the page only once, so that the second reply is empty',
    ...NEXT,
    edit: [
      ['/** Answers one client', 'let page = readFileSync(PAGE);\n\n/** Answers one client'],
      [
        ANSWER,
        "socket.once('data', () => {\n    socket.end(page);\n    page = Buffer.alloc(0);\n  });",
      ],
    ],
    code: 'closed-empty',
  },
  {
    name: 'ends when its first client has gone',
    ...NEXT,
    edit: [
      [
        '  const server = createServer(serve);',
        '  const server = createServer((socket) => {\n    server.close();\n    serve(socket);\n  });',
      ],
    ],
    code: 'crashed',
  },
  {
    name: 'listens no longer once its first client has come',
    ...NEXT,
    edit: [
      [
        '  const server = createServer(serve);',
        '  setInterval(() => undefined, 1000);\n  const server = createServer((socket) => {\n    server.close();\n    serve(socket);\n  });',
      ],
    ],
    code: 'refused',
  },
  {
    name: 'never serves its second client',
    ...NEXT,
    edit: [
      ['/** Answers one client', 'let served = false;\n\n/** Answers one client'],
      [ANSWER, `if (served) return;\n  served = true;\n  ${ANSWER}`],
    ],
    code: 'silent',
  },
  {
    name: 'is killed by its second client',
    ...NEXT,
    edit: [
      [
        '/** Answers one client',
        'let page: Buffer | undefined = readFileSync(PAGE);\n\n/** Answers one client',
      ],
      [
        ANSWER,
        "socket.once('data', () => {\n    socket.end(page!.subarray());\n    page = undefined;\n  });",
      ],
    ],
    code: 'crashed',
  },
];
