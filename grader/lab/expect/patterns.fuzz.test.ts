import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CheckFailure } from '../../model/errors.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { parseChunkLine } from '../../wire/reply/chunk-line.ts';
import { parseHeaderLine } from '../../wire/reply/header-line.ts';
import { parseReply } from '../../wire/reply/reply-parser.ts';
import { parseStatusLine } from '../../wire/reply/status-line.ts';
import { readCodings } from '../../wire/reply/transfer-codings.ts';
import { expectType } from './reply.ts';
import { readDate, readTimes } from './time.ts';

const WITHIN = { from: new Date(1_772_373_909_000), to: new Date(1_772_373_909_000) };

/** What searches text by patterns; a pattern that goes back and forth cannot be counted from outside. */
const SEARCHES: readonly ((text: string) => unknown)[] = [
  (text) => parseStatusLine(`HTTP/1.1 200 ${text}`),
  parseStatusLine,
  (text) => parseHeaderLine(text, 0),
  (text) => parseHeaderLine(`X: ${text}`, 0),
  readCodings,
  parseChunkLine,
  readDate,
  (text) => readTimes(text, WITHIN),
  (text) => expectType(typed(text), 'text/html'),
];

test('no pattern goes back and forth over what it has read', () => {
  const search = fc.constantFrom(...SEARCHES);
  const signs = fc.constantFrom('', '(', '"', 'a;b="', '1', '\u00a0', ';', 'x', '!', ' ', ':');
  const repeated = fc.oneof(
    fc.constantFrom(
      'a',
      '=',
      'a;b=c,',
      'a;b="",',
      '\\"',
      ' ,',
      '\t',
      ' ;',
      ';a',
      '12:',
      '0.',
      '1h',
      '9',
    ),
    fc.string({
      unit: fc.constantFrom(...Array.from('aA0 :.;,="\\\t\u00e9')),
      minLength: 1,
      maxLength: 4,
    }),
  );
  const property = fc.property(search, repeated, fc.tuple(signs, signs), (act, each, around) => {
    const run = (count: number) => (): void => {
      faultOf(() => act(`${around[0]}${each.repeat(count)}${around[1]}`));
    };
    // Quick enough is never timed again; only what is slow must show that it is not slow by its length.
    if (quickest(run(16_000)) < 25) return;
    expect(quickest(run(16_000)) / quickest(run(2000))).toBeLessThan(32);
  });
  fc.assert(property, { numRuns: 400 });
});

/** The least time of several, in milliseconds: the one that was disturbed least. */
function quickest(act: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return Math.min(...times);
}

const RECEIVED = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');
const EXCHANGE: Exchange = {
  request: { name: 'GET /', bytes: Buffer.alloc(0) },
  received: RECEIVED,
  ending: 'closed',
  withinMs: 3000,
  reply: parseReply(RECEIVED, true),
};

function typed(value: string): Parameters<typeof expectType>[0] {
  const header = { name: 'Content-Type', value, offset: 0, valueOffset: 0 };
  return { exchange: EXCHANGE, headers: [header] };
}

function faultOf(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
  }
}
