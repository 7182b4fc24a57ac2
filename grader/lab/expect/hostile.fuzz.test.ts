import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { Recorder } from '../../wire/recorder.ts';
import { ServerUnderTest } from '../server.ts';
import { expectBody, expectBytes } from './body.ts';
import { diagnoseLength } from './length.ts';
import { expectNames, expectNotNames, getListing } from './listing.ts';
import { expectHeader, expectReply, expectStatusLine } from './reply.ts';
import { expectCurrentTime, readDate, readTimes, standsStill } from './time.ts';

// Whatever a server sends, a diagnosis of it is a CheckFailure or none: anything else that is thrown
// would be called a fault of the grader. And what it quotes must be safe to print.

const bytes = fc.uint8Array({ maxLength: 60 }).map((each) => Buffer.from(each).toString('latin1'));
const head = fc.constantFrom(
  ...[
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.0 301 Moved\r\n',
    'HTTP/1.1 404 \x9b31m\r\n',
    'HTTP/1.1 204 \r\n',
  ],
  ...[
    'HTTP/1.1 \x1b[2J OK\r\n',
    'HTTP/1.1 103 Early\r\n\r\n',
    'HTTP/9 200\r\n',
    'HTTP/1.1 205 \r\n',
  ],
);
const location = fc.oneof(
  fc.constantFrom(
    ...['/', '//', '///', '//[/', 'http://localhost//', 'http://a//[/x', 'mailto:x', '?'],
  ),
  fc.constantFrom(
    ...['http://[::1]:9/', 'data:text/html,x', '/.//', '\\\\x', 'http://x:99999/', '/%zz'],
  ),
  bytes,
);
const line = fc.oneof(
  fc.constantFrom('Content-Length: 5\r\n', 'Content-Length: 99999999999999999999999\r\n'),
  fc.constantFrom('Transfer-Encoding: chunked\r\n', 'Content-Type: text/html\r\n', 'Date: now\r\n'),
  fc.constantFrom('Content-Type: \x9b2J\r\n', 'Content-Type: text/plain\r\nContent-Type: a/b\r\n'),
  location.map((where) => `Location: ${where}\r\n`),
  bytes.map((each) => `X: ${each}\r\n`),
);
const page = fc.oneof(
  bytes,
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => Buffer.from(text).toString('latin1')),
  fc.array(fc.constantFrom(...pageWords()), { maxLength: 12 }).map((words) => words.join('')),
);
const reply = fc
  .tuple(head, fc.array(line, { maxLength: 3 }), fc.constantFrom('\r\n', '\r\n', '\n', ''), page)
  .map(([status, lines, blank, body]) => `${status}${lines.join('')}${blank}${body}`);
const answer = fc.oneof({ weight: 4, arbitrary: reply }, page, bytes);
const ending = fc.constantFrom('whole', 'closed', 'reset', 'deadline', 'refused');

const exchange: fc.Arbitrary<Exchange> = fc.tuple(answer, ending).map(([text, how]) => {
  const received = Buffer.from(text, 'latin1');
  const request = { name: 'GET /', bytes: Buffer.from('GET / HTTP/1.1\r\n\r\n') };
  const parsed = parseReply(received, how === 'closed' || how === 'reset');
  return { request, received, ending: how, withinMs: 3000, reply: parsed };
});
const name = fc.oneof(
  fc.constantFrom('a.txt', 'images', 'my file.txt', '%41', '\u202e', '.', '$&', '\ud800'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
);

function pageWords(): string[] {
  return [
    ...[
      '<a href="',
      'a.txt',
      '">',
      '</a>',
      '<base href=//>',
      '&#xd800;',
      '&amp',
      '%41',
      '%ff',
      '<!--',
    ],
    ...[
      '14:05:09',
      '99:99',
      '1772373909',
      '1772373909000',
      '.',
      ':',
      '0',
      '127.0.0.1',
      'HTTP/1.1 ',
    ],
    ...[
      '<script>',
      '</p>',
      '<svg>',
      '\r\n\r\n',
      '5\r\n',
      '0\r\n\r\n',
      '\x1b[31m',
      '\x9b',
      'http://[x',
    ],
  ];
}

/** Runs what may fail, and looks at the failure. */
async function inspect(act: () => unknown, { received }: Exchange): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    const { summary, caption = '', note = '', offset = 0 } = error.diagnosis;
    expect(summary + caption + note).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(received.byteLength);
  }
}

test('no reply makes the diagnosis of a reply throw anything but a failure', async () => {
  const bodies = fc.oneof(fc.constant(''), page);
  const property = fc.asyncProperty(exchange, bodies, async (each, text) => {
    const file = { name: 'the file', bytes: Buffer.from(text, 'latin1') };
    const others = (): { name: string; bytes: Buffer }[] => [
      { name: 'another', bytes: file.bytes },
    ];
    const within = { from: new Date(1_772_373_905_000), to: new Date(1_772_373_909_000) };
    const read = parseReply(each.received, true);
    await inspect(() => expectStatusLine(each, [200, 404]), each);
    await inspect(() => {
      const { body } = expectReply(each, {}, file);
      expectBody(body, { ...file, others }, each);
    }, each);
    await inspect(() => expectReply(each, { status: 200, type: 'text/html' }), each);
    await inspect(() => expectBytes(each, { ...file, echoed: true }), each);
    await inspect(() => diagnoseLength(each), each);
    await inspect(() => expectHeader({ exchange: each, headers: read.headers }, 'Date'), each);
    await inspect(() => expectCurrentTime(each.received.toString('utf8'), within, each), each);
    const times = readTimes(each.received.toString('latin1'), within);
    expect(standsStill(times, times)).toBe(times.some(({ second }) => second !== undefined));
    expect(() => readDate(text)).not.toThrow();
  });
  await fc.assert(property, { numRuns: 800 });
});

const FACTS = {
  address: { host: '127.0.0.1', port: 8080 },
  askedPort: 8080,
  stdout: {
    watch: () => () => Promise.resolve(false),
    mark: () => () => ({ stdout: '', stderr: '' }),
    includesAtEnd: () => Promise.resolve(false),
  },
  listensWhereTold: () => Promise.resolve(true),
};

test('no page and no redirect makes the diagnosis of a listing throw anything but a failure', async () => {
  const paths = fc.constantFrom('/', '/images/', '/my%20folder/', '/a//b/');
  const input = fc.tuple(exchange, exchange, paths);
  const property = fc.asyncProperty(input, name, async ([first, second, path], wanted) => {
    const answers = [first, second];
    const server = Object.assign(new ServerUnderTest(FACTS, new Recorder()), {
      get: () => Promise.resolve(answers.shift() ?? second),
    });
    const asked = { ...second, received: Buffer.concat([first.received, second.received]) };
    await inspect(async () => {
      const listing = await getListing(server, path);
      await inspect(() => expectNames(listing, [wanted, 'b.txt'], () => wanted), asked);
      await inspect(() => expectNotNames(listing, [wanted]), asked);
    }, asked);
  });
  await fc.assert(property, { numRuns: 800 });
});
