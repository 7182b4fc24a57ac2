import { test } from '@jest/globals';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { ReplyParser, type ParsedReply } from './reply-parser.ts';

// The same bytes, however they are cut into segments, are one reply. A failing run prints its seed.

/** Runs of one byte as long as the parser's limits, and a little more and less. */
const runs = fc
  .tuple(
    fc.constantFrom('a', '0', ' ', ';a', '\u00ff'),
    fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 0, max: 9 }) },
      { weight: 2, arbitrary: fc.integer({ min: 1018, max: 1030 }) },
      { weight: 2, arbitrary: fc.integer({ min: 4088, max: 4100 }) },
      { weight: 1, arbitrary: fc.integer({ min: 65_530, max: 65_540 }) },
    ),
  )
  .map(([byte, times]) => byte.repeat(times));

const bytes = fc.uint8Array({ maxLength: 9 }).map((each) => Buffer.from(each).toString('latin1'));

const LINES = [
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.0 404 \r\n',
  'HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n',
  'HTTP/1.1 204 X\r\n',
  'HTTP/1.1 205 X\r\n',
  'Content-Length: 5\r\n',
  'content-length:0\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip, chunked\r\n',
  'X-Any: \t thing \r\n',
  '\r\n',
  '5;a="b"\r\nhello\r\n',
  '5\r\nhello',
  'A\r\n',
  '0\r\n\r\n',
  '0\r\nTrailer-Of: it\r\n\r\n',
];
const SIGNS = [
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  '\r\n\r\n',
  ' ',
  '\t',
  ':',
  ';',
  '"',
  '0',
  '5',
  'H',
  '<',
];

const lines = fc.constantFrom(...LINES);
const signs = fc.constantFrom(...SIGNS);
const soup = fc.array(fc.oneof({ weight: 3, arbitrary: lines }, signs, bytes, runs)).map(join);

/** Something like a reply, each part of which may be missing, doubled, or followed by a wrong sign. */
const part = (...texts: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...texts) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...texts), fc.oneof(signs, runs)).map(join) },
    { weight: 1, arbitrary: fc.constant('') },
  );
const replies = fc
  .tuple(
    fc.oneof({ weight: 1, arbitrary: runs }, { weight: 4, arbitrary: fc.constant('') }),
    part('', LINES[2] ?? ''),
    part(...LINES.slice(0, 5)),
    fc.array(part(...LINES.slice(5, 10)), { maxLength: 3 }).map(join),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      runs.map((run) => `X: ${run}\r\n`),
    ),
    part('\r\n'),
    fc.array(part(...LINES.slice(11)), { maxLength: 4 }).map(join),
  )
  .map(join);

/** Where to cut: everywhere, beside each line end, or at these places. */
type Cuts = 'everywhere' | 'beside line ends' | readonly number[];

const cuts: fc.Arbitrary<Cuts> = fc.oneof(
  fc.constant<Cuts>('everywhere'),
  fc.constant<Cuts>('beside line ends'),
  fc.array(fc.nat(), { maxLength: 12 }),
);

test('any split of any bytes gives the same verdict', () => {
  const inputs = fc.oneof({ weight: 3, arbitrary: replies }, { weight: 2, arbitrary: soup }, bytes);
  const property = fc.property(inputs, cuts, fc.boolean(), (text, where, ended) => {
    const whole = Buffer.from(text, 'latin1');
    const expected = verdict([whole], ended);
    deepStrictEqual(verdict(cut(whole, where), ended), expected);
  });
  fc.assert(property, { numRuns: 1500 });
});

test('any split of a line about as long as one may be gives the same verdict', () => {
  const limits = fc.constantFrom(
    { before: '', run: ' ', limit: 1024, after: 'HTTP/1.1 200 OK\r\n\r\n' },
    { before: '', run: ' ', limit: 1024, after: '\r\n\r\n' },
    { before: LINES[0], run: 'X', limit: 65_536, after: '\r\n\r\n' },
    { before: `${LINES[0]}X: `, run: 'y', limit: 65_533, after: '\r\n\r\n' },
    { before: 'HTTP/1.1 200 ', run: 'y', limit: 65_523, after: '\r\n\r\n' },
    { before: 'HTTP/1.1 200 ', run: 'y', limit: 65_523, after: '\rX\n' },
    { before: `${LINES[0]}${LINES[7]}\r\n`, run: '0', limit: 4096, after: '\r\n\r\n' },
    { before: `${LINES[0]}${LINES[7]}\r\n0;`, run: 'a', limit: 4094, after: '\r\n\r\n' },
    { before: `${LINES[0]}${LINES[7]}\r\n0\r\nA:`, run: 'a', limit: 4094, after: '\r\n\r\n' },
  );
  const where = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Cuts>('beside line ends') },
    { weight: 1, arbitrary: cuts },
  );
  const property = fc.property(limits, fc.integer({ min: -4, max: 4 }), where, (line, off, at) => {
    const text = `${line.before}${line.run.repeat(line.limit + off)}${line.after}`;
    const whole = Buffer.from(text, 'latin1');
    deepStrictEqual(verdict(cut(whole, at), true), verdict([whole], true));
  });
  fc.assert(property, { numRuns: 150 });
});

test('a verdict, once given, stays whatever comes after it', () => {
  const property = fc.property(replies, soup, (text, more) => {
    const [whole, rest] = [Buffer.from(text, 'latin1'), Buffer.from(more, 'latin1')];
    const { outcome, body } = verdict([whole], false);
    if (outcome.state === 'incomplete') return;
    const after = verdict([whole, rest], true);
    deepStrictEqual(after.outcome, outcome);
    if (outcome.state === 'whole') deepStrictEqual(after.body, body);
  });
  fc.assert(property, { numRuns: 800 });
});

function join(texts: readonly string[]): string {
  return texts.join('');
}

function verdict(
  segments: readonly Buffer[],
  ended: boolean,
): Omit<ParsedReply, 'body'> & { readonly body: string | undefined } {
  const parser = new ReplyParser();
  for (const segment of segments) parser.push(segment);
  if (ended) parser.end();
  const { body, ...parsed } = parser.parsed();
  return { ...parsed, body: body?.toString('latin1') };
}

function cut(whole: Buffer, where: Cuts): Buffer[] {
  const places = typeof where === 'string' ? placesFor(whole, where) : where;
  const ordered = places
    .map((place) => place % (whole.byteLength + 1))
    .sort((one, other) => one - other);
  return [0, ...ordered].map((from, index) => whole.subarray(from, ordered[index]));
}

function placesFor(whole: Buffer, where: 'everywhere' | 'beside line ends'): number[] {
  const places = Array.from(whole.keys());
  if (where === 'everywhere') return places;
  return places
    .filter((place) => whole[place] === 0x0d || whole[place] === 0x0a)
    .flatMap((place) => [place, place + 1]);
}
