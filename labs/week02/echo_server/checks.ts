import {
  check,
  expectBytes,
  listensWhereTold,
  rfc,
  stage,
  type CheckContext,
} from '../../../grader/lab/index.ts';

const tcp = rfc(9293, '3.4', 'Sequence Numbers: a connection is a stream of bytes');

async function expectEcho(
  { server }: Pick<CheckContext, 'server'>,
  name: string,
  bytes: Buffer,
): Promise<void> {
  const exchange = await server.send({ name, bytes }, { until: bytes.byteLength });
  expectBytes(exchange, { name: 'what was sent', bytes, echoed: true });
}

const line = check('line', 'sends back a line', {
  points: 2,
  spec: tcp,
  hints: [
    'What does your program do with the bytes that it reads?',
    'Write what arrives, unchanged, to the same connection, as soon as it arrives.',
    "In Node: socket.on('data', (bytes) => socket.write(bytes)). In Python: conn.sendall(data).",
  ],
  knows: ['silent', 'closed-empty', 'truncated'],
  run: (context) => expectEcho(context, 'the line "hello, echo"', Buffer.from('hello, echo\r\n')),
});

const browserRequest = check('browser-request', "sends back a browser's whole request", {
  points: 1,
  spec: tcp,
  hints: [
    'How many bytes does your program read at a time, and what happens to the rest?',
    'A request of a browser has several lines and some 500 bytes. Go on reading and writing.',
    'Read in a loop, and send back each piece, until the client closes the connection.',
  ],
  knows: ['silent', 'closed-empty', 'truncated'],
  run: ({ server }) => {
    const { name, bytes } = server.request('GET', '/a/page.html');
    return expectEcho({ server }, name, bytes);
  },
});

const nextClient = check('next-client', 'serves the next client after one that said nothing', {
  points: 1,
  hints: [
    'What does your program read from a client that connects and leaves at once?',
    'The end of the connection comes as an empty read, or as the event "end". It is no error.',
    'Close that connection, and go back to waiting for the next one. Handle "error" events too.',
  ],
  knows: ['crashed', 'refused', 'silent', 'closed-empty', 'connection-reset'],
  run: async ({ server }) => {
    const silent = await server.connect();
    await silent.close();
    await expectEcho(
      { server },
      'the line "next" of the second client',
      Buffer.from('next, please\r\n'),
    );
  },
});

export default stage('echo_server', 'sends back exactly what arrives', {
  given: true,
  serves: [],
  checks: [listensWhereTold, line, browserRequest, nextClient],
});
