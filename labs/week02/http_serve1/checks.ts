import {
  check,
  expectBody,
  expectBytes,
  expectReply,
  failure,
  listensWhereTold,
  rfc,
  stage,
  type Exchange,
} from '../../../grader/lab/index.ts';

const PAGE = 'tiny_html.html';

/** Bare, or behind a valid head: both are right as yet. */
function expectPage(exchange: Exchange, page: Buffer): Exchange {
  const file = { name: PAGE, bytes: page };
  if (/^\s*HTTP/i.test(exchange.received.toString('latin1', 0, 64))) {
    const { body } = expectReply(exchange, { status: 200 }, { bytes: page });
    expectBody(body, file, exchange);
  } else {
    expectBytes(exchange, file);
  }
  return exchange;
}

const html = check('html', `answers with the bytes of ${PAGE}`, {
  points: 5,
  spec: rfc(9112, '2.1', 'Message Format'),
  hints: [
    'What does your program write to the connection once a request has come?',
    `Read ${PAGE} as bytes, and write all of them, whatever was asked for.`,
    'Find the file from your own: join(import.meta.dirname, "../tiny_html.html"). Read it without an encoding.',
  ],
  knows: ['closed-empty'],
  run: async ({ server, asset }) => expectPage(await server.get('/'), asset(PAGE)),
});

const ends = check('ends', 'lets the client know that the page is whole', {
  points: 2,
  after: html,
  spec: rfc(9112, '6.3', 'Message Body Length'),
  hints: [
    'How does a browser find out that it has all of the page?',
    'A page without a head ends where the connection ends.',
    'Close the connection behind the last byte: socket.end(page), or conn.close(), with parentheses.',
  ],
  knows: ['never-ends'],
  run: (_, { ending, ...exchange }) => {
    if (ending !== 'deadline') return;
    throw failure(
      'never-ends',
      'The page came, but the connection stayed open: a client cannot know that it has all of it.',
      {
        exchange: { ...exchange, ending },
        offset: exchange.received.byteLength,
        caption: 'the end of the connection was expected here',
      },
    );
  },
});

const nextClient = check('next-client', 'serves one client after another', {
  points: 2,
  after: html,
  hints: [
    'What does your program do when it is done with the first client, and what is left of the page?',
    'It must go back to waiting, and it must still have the page for the second one.',
    'Accept in a loop, or let createServer call you for each connection; read the file anew, or keep its bytes.',
  ],
  knows: ['crashed', 'refused', 'silent', 'closed-empty', 'truncated'],
  run: async ({ server, asset }, { ending, received }) => {
    // That it does not end is the check above's to say, and need not be waited for again.
    const until = ending === 'deadline' ? received.byteLength : 'http';
    for (const [path, client] of [
      ['/', 'the second client'],
      ['/again', 'the client after that'],
    ] as const) {
      const { name, bytes } = server.request('GET', path);
      const next = { name: `${name} of ${client}`, bytes };
      expectPage(await server.send(next, { until }), asset(PAGE));
    }
  },
});

export default stage('http_serve1', 'answers with a page', {
  serves: ['tiny_html.html'],
  checks: [listensWhereTold, html, ends, nextClient],
});
