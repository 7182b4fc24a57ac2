import {
  bytes,
  check,
  expectBody,
  expectHead,
  expectHeader,
  expectReply,
  expectReturned,
  expectStatusLine,
  expectType,
  failure,
  listensWhereTold,
  readDate,
  replyFromValue,
  rfc,
  stage,
  text,
} from '../../../grader/lab/index.ts';

const PAGE = 'tiny_html.html';

const statusLine = check('status-line', 'begins its reply with the status line "HTTP/1.1 200 OK"', {
  points: 3,
  spec: rfc(9112, '4', 'Status Line'),
  hints: [
    'What is the first line of every HTTP response, and which two characters end a line on the wire?',
    'It has three parts with one space between: the version, a code of three digits, a reason.',
    'Begin with "HTTP/1.1 200 OK\\r\\n", and with nothing before it.',
  ],
  run: async ({ server, remark }) => {
    const exchange = await server.get('/');
    const { reason } = expectStatusLine(exchange, 200);
    if (reason !== 'OK') remark(`The reason phrase is "${reason}"; most servers say OK.`);
    return exchange;
  },
});

const headerLines = check(
  'header-lines',
  'writes header lines as "Name: value", then a blank line',
  {
    points: 2,
    after: statusLine,
    spec: rfc(9112, '5', 'Field Syntax'),
    hints: [
      'What stands between the name of a header and its value? And what between the headers and the page?',
      'Each header is a line of its own: a name, a colon right behind it, a space, the value, CR LF.',
      'End the last header line with "\\r\\n", and write another "\\r\\n" before the page.',
    ],
    run: (_, exchange) => ({ ...expectHead(exchange), exchange }),
  },
);

const contentType = check('content-type', 'says that the body is HTML', {
  points: 2,
  after: headerLines,
  spec: rfc(9110, '8.3', 'Content-Type'),
  hints: [
    'How does a browser know whether to show a page or to save a file?',
    'A header names the kind of the body. Which name has it, and which value stands for HTML?',
    'Write the line "Content-Type: text/html; charset=utf-8", with the hyphen.',
  ],
  knows: ['missing-header', 'wrong-header'],
  run: (_, head) => {
    expectType(head, 'text/html');
  },
});

const body = check('body', `sends ${PAGE} byte for byte, and its true length`, {
  points: 3,
  after: headerLines,
  spec: rfc(9110, '8.6', 'Content-Length'),
  hints: [
    'How many bytes has the page, and how many characters?',
    'Some characters take two bytes or more on the wire. Content-Length counts bytes.',
    'Turn the page into bytes first, and count those: Buffer.from(page).byteLength, or len(page.encode()).',
  ],
  run: ({ asset }, { exchange }) => {
    const page = asset(PAGE);
    const reply = expectReply(exchange, {}, { bytes: page });
    expectBody(reply.body, { name: PAGE, bytes: page }, exchange);
  },
});

const realClient = check('real-client', 'is understood by a real HTTP client', {
  points: 2,
  after: body,
  spec: rfc(9110, '3.3', 'Connections, Clients, and Servers'),
  hints: [
    'Does curl -v show your page, and does it end at once?',
    'Clients send different headers, and some send very few. Do you rely on one of them?',
    'Answer whatever the headers of the request are; look at none of them yet.',
  ],
  run: async ({ server, asset }) => {
    const page = asset(PAGE);
    const reading = await server.getWithRealClient('/');
    if (reading.state === 'gave-up') {
      throw failure(
        'client-gave-up',
        reading.body.byteLength === 0
          ? `undici, the HTTP client of Node, got no page from your server: ${reading.reason}. Its request has fewer headers than a browser's.`
          : `undici, the HTTP client of Node, gave up on your reply: ${reading.reason}.`,
        { received: { label: 'the body that it read', bytes: reading.body } },
      );
    }
    if (reading.status !== 200) {
      throw failure('wrong-status', `A real client got status ${String(reading.status)}, not 200.`);
    }
    const read = replyFromValue(bytes(reading.body), 'a real client');
    const note = 'This was the second request, made by a real client. The first one got the page.';
    expectBody(read.received, { name: PAGE, bytes: page, note }, read);
  },
});

const okResponse = check('ok-response', 'has a function okResponse that makes a whole response', {
  points: 2,
  needs: ['functions'],
  spec: rfc(9110, '8.6', 'Content-Length'),
  hints: [
    'Is your function exported, and does it give back the head and the body as one?',
    'It takes a body and gives back all the bytes of a 200 response around it.',
    'export function okResponse(body) { ... }. Count the bytes of the body for Content-Length.',
  ],
  run: async ({ call, random }) => {
    const page = `<p>${random.word()}: naïve café, 東京, ${random.word()}</p>\n`;
    const [name, file] = ['okResponse(page)', { name: 'the page', bytes: Buffer.from(page) }];
    const outcomes = await call('okResponse', [[text(page)], [bytes(file.bytes)]]);
    const judge = (outcome: (typeof outcomes)[number] | undefined): void => {
      const exchange = replyFromValue(expectReturned(outcome, name), name);
      const reply = expectReply(exchange, { status: 200 }, file);
      expectBody(reply.body, file, exchange);
    };
    // A body may come as text or as bytes; which of them it takes is the program's own choice.
    try {
      judge(outcomes[1]);
    } catch {
      judge(outcomes[0]);
    }
  },
});

const date = check('date', 'says when it answered, in a Date header', {
  points: 2,
  bonus: true,
  after: headerLines,
  spec: rfc(9110, '5.6.7', 'Date/Time Formats'),
  hints: [
    'What time zone do servers all over the world agree on?',
    'The form is fixed: Sun, 06 Nov 1994 08:49:37 GMT, in English, two digits for the day.',
    'In JavaScript new Date().toUTCString(); in Python email.utils.formatdate(usegmt=True).',
  ],
  knows: ['missing-header', 'wrong-header'],
  run: ({ now }, head) => {
    const header = expectHeader(head, 'Date');
    const at = { exchange: head.exchange, offset: header.valueOffset, length: header.value.length };
    const said = readDate(header.value);
    if (said === undefined) {
      throw failure(
        'wrong-header',
        `Date is "${header.value}", which is not in the form of HTTP.`,
        {
          ...at,
          caption: `${now().toUTCString()} was expected`,
        },
      );
    }
    if (Math.abs(said.getTime() - now().getTime()) <= 60_000) return;
    throw failure('wrong-header', `Date is "${header.value}", which is not the time now in GMT.`, {
      ...at,
      caption: `in GMT it is ${now().toUTCString()}`,
    });
  },
});

export default stage('http_serve2', 'a proper response', {
  serves: ['tiny_html.html'],
  checks: [
    listensWhereTold,
    statusLine,
    headerLines,
    contentType,
    body,
    realClient,
    okResponse,
    date,
  ],
});
