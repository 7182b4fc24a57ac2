import {
  bytes,
  check,
  expectAnswered,
  expectBody,
  expectReply,
  expectReturned,
  expectThrew,
  expectValue,
  explained,
  failure,
  listensWhereTold,
  rfc,
  stage,
  text,
  type CheckContext,
  type Exchange,
} from '../../../grader/lab/index.ts';

const PAGE = 'tiny_html.html';
const NO_HTTP = { name: 'a line that is no HTTP', bytes: Buffer.from('hello\r\n\r\n') };

function expectPage(exchange: Exchange, { asset }: CheckContext): void {
  const page = asset(PAGE);
  const { body } = expectReply(exchange, { status: 200, type: 'text/html' }, { bytes: page });
  expectBody(body, { name: PAGE, bytes: page }, exchange);
}

/** GETs / after something else, and says so in a report. */
function getAgain({ server }: CheckContext, before: string): Promise<Exchange> {
  const { name, bytes } = server.request('GET', '/');
  return server.send({ name: `${name} after ${before}`, bytes });
}

const stillAnswers = check('still-answers', 'answers GET / as http_serve2 does', {
  points: 2,
  spec: rfc(9112, '2.1', 'Message Format'),
  hints: [
    'Did the reply still pass in http_serve2?',
    'Compare the two programs: what changed on the way from the request to the reply?',
    'Go back to okResponse with the bytes of tiny_html.html.',
  ],
  run: async (context) => {
    expectPage(await context.server.get('/'), context);
  },
});

/** What is printed for a request: by now, all that belongs to the start has come. */
async function collectPrinted({ server }: Pick<CheckContext, 'server'>, uri: string) {
  const sinceThen = server.stdout.mark();
  const printed = server.stdout.watch(uri);
  await server.get(uri);
  await printed();
  return sinceThen();
}

const logsUri = check('logs-uri', 'prints the URI of each request', {
  points: 3,
  needs: ['stdout'],
  spec: rfc(9112, '3', 'Request Line'),
  hints: [
    'Which part of the first line of a request is the URI?',
    'It is the second of the three words. Print it as it came, with all that is behind a "?".',
    'console.log(parseRequest(request)), or print(parse_request(request)), on each request.',
  ],
  run: async ({ server, random }) => {
    const uri = `/${random.word()}/page?x=${random.word()}`;
    const printed = server.stdout.watch(uri);
    const exchange = await server.get(uri);
    if (await printed()) return;
    expectAnswered(exchange);
    // By another URI: printing the first one now is no proof of having printed it then.
    const other = `/${random.word()}/page?x=${random.word()}`;
    const { stdout, stderr } = await collectPrinted({ server }, other);
    if (await server.stdout.includesAtEnd(uri)) return;
    const instead = stderr.includes(other)
      ? 'that to its stderr'
      : stdout.trim() === ''
        ? 'nothing there'
        : 'what stands below';
    const summary = `Your program did not print ${uri} to its stdout. Asked for ${other}, it printed ${instead}.`;
    throw failure('not-logged', summary, {
      output: stdout.trim(),
      received: { label: 'the request', bytes: exchange.request.bytes },
      offset: 4,
      length: uri.length,
      caption: 'this was expected on stdout',
    });
  },
});

const survivesPost = check('survives-post', 'goes on after a POST', {
  points: 2,
  after: stillAnswers,
  spec: rfc(9110, '9.1', 'Methods: Overview'),
  hints: [
    'What does your program do with a request whose method is POST, and what does it do after that?',
    'parseRequest throws an error then. One that nobody catches ends the program, and the service for all.',
    'Catch it where you answer the client, and answer that, or close the connection.',
  ],
  knows: ['crashed', 'refused', 'silent', 'closed-empty', 'connection-reset'],
  run: async (context) => {
    await context.server.post('/', `name=${context.random.word()}&colour=blue`);
    expectPage(await getAgain(context, 'the POST'), context);
  },
});

const survivesGarbage = check('survives-garbage', 'goes on after bytes that are no request', {
  points: 2,
  after: stillAnswers,
  spec: rfc(9112, '2.2', 'Message Parsing'),
  hints: [
    'What does your program do with a first line that has no three words?',
    'A client may send anything, or leave in the middle of a word. Neither may end the program.',
    'Check what you split before you use it, catch what is thrown, and handle "error" on the socket.',
  ],
  knows: ['crashed', 'refused', 'silent', 'closed-empty', 'connection-reset'],
  run: async (context) => {
    await context.server.send(NO_HTTP);
    await context.server.sendAndLeave(Buffer.from('GET /hal'));
    await context.server.sendAndLeave(Buffer.alloc(0));
    expectPage(await getAgain(context, 'the bytes that are no request'), context);
  },
});

/** How long a server that answers too early may take for it. */
const EARLY_MS = 500;

const splitRequest = check('split-request', 'waits for a request that comes in pieces', {
  points: 1,
  after: stillAnswers,
  spec: rfc(9112, '2.2', 'Message Parsing'),
  hints: [
    'Does one read give you a whole request?',
    'TCP is a stream: a request may come in many pieces. What tells that its head is whole?',
    'Put the pieces together until they hold "\\r\\n\\r\\n", and only then answer.',
  ],
  knows: ['crashed', 'silent', 'closed-empty'],
  run: async (context) => {
    const { name, bytes } = context.server.request('GET', '/');
    const ends = [3, 11, bytes.indexOf('\r\n') + 1, 150, bytes.byteLength - 2, bytes.byteLength];
    const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
    const request = { name: `${name} in pieces`, bytes };
    const [first = bytes] = pieces;
    await explained(
      async () => expectPage(await context.server.send(request, { pieces, pauseMs: 20 }), context),
      async () => {
        const part = { name: 'the first piece alone', bytes: first };
        const early = await context.server.send(part, { withinMs: EARLY_MS });
        return early.received.byteLength > 0
          ? `It answers the first piece, "${first.toString()}", before the rest has come.`
          : undefined;
      },
    );
  },
});

const parseRequest = check('parse-request', 'has a function parseRequest that gives the URI', {
  points: 2,
  needs: ['functions'],
  spec: rfc(9112, '3', 'Request Line'),
  hints: [
    'What does your function give back for "GET /a HTTP/1.1"?',
    'The URI, and nothing else: the second word of the first line.',
    'export function parseRequest(request) { ... return uri; }',
  ],
  run: async ({ call, random }) => {
    const uri = `/${random.word()}/${random.word()}.html`;
    const request = `GET ${uri} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n`;
    const name = `parseRequest("GET ${uri} HTTP/1.1...")`;
    const [asText, asBytes] = await call('parseRequest', inBothForms([request]));
    // Whether it takes text or bytes, as they come from the connection, is its own choice.
    const outcome = asText?.kind !== 'returned' && asBytes?.kind === 'returned' ? asBytes : asText;
    expectValue(expectReturned(outcome, name), uri, name);
  },
});

/** Calls with each request as text, then with each as bytes. */
function inBothForms(requests: readonly string[]) {
  return [
    ...requests.map((request) => [text(request)]),
    ...requests.map((request) => [bytes(Buffer.from(request))]),
  ];
}

const rejectsBadRequests = check(
  'rejects-bad-requests',
  'throws from parseRequest what is no GET',
  {
    points: 2,
    needs: ['functions'],
    spec: rfc(9112, '3', 'Request Line'),
    hints: [
      'What does your function do with POST, and with "GET / SMTP/1.0"?',
      'It must throw for every method but GET, and for everything that is not HTTP/1.0 or 1.1.',
      'Take the first line apart, compare each of its three words, and throw where one is wrong.',
    ],
    run: async ({ call }) => {
      const lines = ['POST / HTTP/1.1', 'GET / SMTP/1.0', 'GET /'];
      const all = ['GET / HTTP/1.1', ...lines];
      const requests = all.map((line) => `${line}\r\nHost: localhost\r\n\r\n`);
      const outcomes = await call('parseRequest', inBothForms(requests));
      // Judged in the form in which it takes a good request: in the other, it throws at anything.
      const takesBytes =
        outcomes[0]?.kind !== 'returned' && outcomes[all.length]?.kind === 'returned';
      for (const [index, line] of lines.entries()) {
        const place = index + 1 + (takesBytes ? all.length : 0);
        expectThrew(outcomes[place] ?? outcomes[0], `parseRequest("${line}...")`);
      }
    },
  },
);

const errorStatus = check('error-status', 'answers POST with 405 and garbage with 400', {
  points: 3,
  bonus: true,
  after: stillAnswers,
  spec: rfc(9110, '15.5', 'Client Error 4xx'),
  hints: [
    'What should a client be told that asked in a way that you do not serve?',
    'There is a status for a method that is not allowed, and another for a request that is none.',
    'Answer POST with "405 Method Not Allowed", what cannot be read with "400 Bad Request".',
  ],
  knows: ['crashed', 'silent', 'closed-empty'],
  run: async ({ server }) => {
    expectReply(await server.post('/', 'name=value'), { status: [405, 501] });
    expectReply(await server.send(NO_HTTP), { status: 400 });
  },
});

export default stage('http_serve3', 'reads the request', {
  serves: ['tiny_html.html'],
  checks: [
    listensWhereTold,
    stillAnswers,
    logsUri,
    survivesPost,
    survivesGarbage,
    splitRequest,
    parseRequest,
    rejectsBadRequests,
    errorStatus,
  ],
});
