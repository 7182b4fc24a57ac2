import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Session } from 'node:inspector';
import type { Exchange } from '../../wire/exchange.ts';
import { ReplyParser } from '../../wire/reply/reply-parser.ts';
import { diagnoseBody } from './body.ts';
import { diagnoseLength } from './length.ts';
import { expectNames } from './listing.ts';
import { expectReply } from './reply.ts';
import { readTimes, standsStill } from './time.ts';

// Sixteen times the bytes may take about sixteen times the work, and never 256 times. Work is counted, not
// timed, so that a busy machine changes nothing: V8 tells how often each block of the grader's code
// ran, and what is built into Node is wrapped, so that it tells how much it was given to look at.

const TIMES = 16;
/** Room for what grows in steps, as a buffer does that is doubled. */
const MOST = 3 * TIMES;
/** What is done once, whatever the length. */
const ONCE = 5000;

const session = new Session();
beforeAll(() => {
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
});
afterAll(() => {
  session.disconnect();
});

/** How much there is to look at in what a built-in function was given, and in what it gave back. */
type Cost = (
  self: { readonly length: number },
  args: readonly unknown[],
  result: unknown,
) => number;

const all: Cost = ({ length }) => length;
const given: Cost = (_, [first]) => sizeOf(first);
/** As a plain search takes at its worst: what is sought, at each place up to where it was found. */
const sought: Cost = ({ length }, [needle, from], result) => {
  const start = typeof from === 'number' ? from : 0;
  const places = typeof result === 'number' && result >= start ? result + 1 : length;
  return (places - start) * Math.max(1, sizeOf(needle));
};
/** A search for a pattern that does not go back; that none does, patterns.fuzz.test.ts shows. */
const matched: Cost = (_, [text], result) =>
  Array.isArray(result) ? String(result[0]).length + 1 : sizeOf(text);

const BUILT_IN: readonly (readonly [object, string, Cost])[] = [
  [Buffer.prototype, 'toString', (_, __, result) => sizeOf(result)],
  [Buffer.prototype, 'indexOf', sought],
  [Buffer.prototype, 'includes', sought],
  [Buffer.prototype, 'equals', all],
  [Buffer.prototype, 'copy', (_, __, result) => Number(result)],
  [Buffer, 'concat', (_, __, result) => sizeOf(result)],
  [Buffer, 'from', given],
  [Uint8Array.prototype, 'set', given],
  [String.prototype, 'indexOf', sought],
  [String.prototype, 'includes', sought],
  [String.prototype, 'replaceAll', all],
  [String.prototype, 'split', all],
  [Array.prototype, 'indexOf', all],
  [Array.prototype, 'includes', all],
  [Array.prototype, 'filter', all],
  [RegExp.prototype, 'exec', matched],
];

function sizeOf(value: unknown): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
}

/** Counts how much work a function does. */
function workOf(act: () => unknown): number {
  let work = 0;
  const restore = BUILT_IN.map(([owner, name, cost]) => {
    const plain: unknown = Reflect.get(owner, name);
    if (typeof plain !== 'function') throw new Error(`no ${name}`);
    Reflect.set(owner, name, function wrapped(this: { length: number }, ...args: unknown[]) {
      const result: unknown = Reflect.apply(plain, this, args);
      work += cost(this, args, result);
      return result;
    });
    return () => Reflect.set(owner, name, plain);
  });
  countBlocks();
  try {
    act();
  } finally {
    for (const each of restore) each();
  }
  return work + countBlocks();
}

/** How often blocks of the grader's code ran since it was asked last. */
function countBlocks(): number {
  let count = 0;
  session.post('Profiler.takePreciseCoverage', (error, { result }) => {
    if (error) throw error;
    const ours = result.filter(({ url }) => /\/grader\/(?!.*\.test\.ts$)/.test(url));
    const ranges = ours.flatMap(({ functions }) => functions.flatMap((each) => each.ranges));
    count = ranges.reduce((sum, range) => sum + range.count, 0);
  });
  return count;
}

/** Expects work to grow as the number does that it is given. */
function expectLinear(few: number, act: (count: number) => () => unknown): void {
  const [less, more] = [workOf(act(few)), workOf(act(TIMES * few))];
  expect(less).toBeGreaterThan(0);
  expect(more).toBeLessThan(MOST * less + ONCE);
}

const WITHIN = { from: new Date(1_772_373_909_000), to: new Date(1_772_373_909_000) };
const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const before = fc.constantFrom(
  ...['', ' ', 'HTTP/1.1 200 ', OK, `${OK}X: `, `${OK}\r\n`, `${OK}Content-Length: 9999\r\n\r\n`],
  ...[CHUNKED, `${CHUNKED}1;a="`, `${CHUNKED}0\r\n`, `${CHUNKED}FFFFFF\r\n`, `${CHUNKED}0`],
);
const unit = fc.oneof(
  fc.constantFrom(
    ' ',
    '\r',
    '\n',
    '\r\n',
    'X: y\r\n',
    'HTTP/1.1 103 \r\n\r\n',
    '1\r\na\r\n',
    '<p>',
  ),
  fc.constantFrom(
    ';a',
    'Transfer-Encoding: gzip\r\n',
    '0',
    ', ',
    '14:05:09 ',
    '1772373909 ',
    '%41',
  ),
  fc.string({
    unit: fc.constantFrom(...Array.from('a0 :.;%"\r\n\u00e9')),
    minLength: 1,
    maxLength: 6,
  }),
);

test('a reply is read in time linear in its length, however it is cut', () => {
  const property = fc.property(before, unit, fc.constantFrom(1, 5, 4000), (start, each, size) => {
    expectLinear(100, (count) => {
      const bytes = Buffer.from(`${start}${each.repeat(count)}`, 'latin1');
      return () => read(bytes, size).parsed();
    });
  });
  fc.assert(property, { numRuns: 25 });
});

test('what is wrong with a body is found in time linear in its length', () => {
  const head = fc.constantFrom(OK, `${OK}Content-Length: 9\r\n`, `${OK}Content-Length: 99999\r\n`);
  const inner = fc.constantFrom('', 'HTTP/1.1 200 OK\r\n\r\n', '\u00c3');
  const property = fc.property(head, inner, unit, (start, first, each) => {
    expectLinear(100, (count) => {
      const half = each.repeat(count / 2);
      const bytes = Buffer.from(`${half}b${half}`, 'latin1');
      const exchange = exchangeOf(`${start}\r\n${first}${half}${half}`);
      return () => {
        diagnoseBody(exchange.reply.body ?? bytes, { name: 'it', bytes }, exchange);
        diagnoseLength(exchange, { bytes });
        diagnoseLength(exchange);
      };
    });
  });
  fc.assert(property, { numRuns: 25 });
});

test('what a page shows is found in time linear in its length', () => {
  const property = fc.property(unit, fc.constantFrom('a', 'b.txt', '0 0'), (each, name) => {
    expectLinear(100, (count) => {
      const times = Array.from(
        { length: count },
        (_, index) => `${String(1_000_000_000 + index)} `,
      );
      const text = each.repeat(count);
      const exchange = exchangeOf(`${OK}\r\n${text}`);
      const page = { text, links: [], isHtml: false };
      const at = new URL('http://localhost/');
      return () => {
        const shown = readTimes(times.join(text.slice(0, 20)), WITHIN);
        standsStill(shown, shown);
        readTimes(text, WITHIN);
        const listing = { exchange, reply: expectReply(exchange), page, at };
        expect(() => {
          expectNames(listing, [name, 'never-there']);
        }).toThrow('does not name');
      };
    });
  });
  fc.assert(property, { numRuns: 25 });
});

function read(bytes: Buffer, size: number): ReplyParser {
  const parser = new ReplyParser();
  for (let at = 0; at < bytes.byteLength; at += size) parser.push(bytes.subarray(at, at + size));
  parser.end();
  return parser;
}

function exchangeOf(text: string): Exchange {
  const received = Buffer.from(text, 'latin1');
  const request = { name: 'GET /', bytes: Buffer.alloc(0) };
  const reply = read(received, received.byteLength).parsed();
  return { request, received, ending: 'closed', withinMs: 3000, reply };
}
