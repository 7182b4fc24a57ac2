import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectBody } from '../../lab/expect/body.ts';
import { expectReply } from '../../lab/expect/reply.ts';
import { CheckFailure } from '../../model/errors.ts';
import { parseReply, type ReplyOutcome } from './reply-parser.ts';

import { firstImpossible, readWhole } from './damage-oracle.ts';

// One byte of a right reply is changed, dropped or added. What is left is right or wrong by an oracle
// of its own; and the first impossible byte of a wrong one is the first behind which no ending makes
// a right reply. That byte is never before the damaged one, as a right reply begins with all that
// comes before it; it may be behind it: a CR that became a letter is a letter of the reason phrase,
// and the LF that follows is what no right reply has there.

const field = fc.constantFrom(
  ...[
    'Date: Sun, 01 Mar 2026 14:05:09 GMT',
    'Server:x',
    'Content-Type: text/html; charset="utf-8"',
  ],
  ...[
    'X-Empty:',
    'Connection: close',
    'Content-Lengt: 5',
    'Transfer-Encodin: chunked',
    'Age:\t1 \t',
  ],
);
const content = fc.oneof(
  fc.string({ maxLength: 20, unit: fc.constantFrom('a', '\r', '\n', '5', '\u00ff', '<', ':') }),
  fc.constantFrom('0\r\n\r\n', '5\r\nhello\r\n0\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n', ''),
);
const framings = ['length', 'chunked', 'close', 'gzip, chunked'] as const;

const reply = fc
  .record({
    interim: fc.constantFrom('', '', '', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
    version: fc.constantFrom('1.1', '1.1', '1.0'),
    status: fc.constantFrom(200, 200, 200, 404, 204, 205, 304, 500),
    reason: fc.constantFrom('OK', '', 'Not  found', 'D\u00fc'),
    fields: fc.array(field, { maxLength: 2 }),
    framing: fc.constantFrom(...framings),
    content,
    cut: fc.integer({ min: 1, max: 12 }),
    extension: fc.constantFrom('', '', ';a', ';a="b;\\"c";d=e'),
    trailer: fc.constantFrom('', '', 'X-Sum: 1\r\n', 'A:\r\nB: c\r\n'),
  })
  .map((parts) => {
    const { interim, version, status, reason, fields } = parts;
    const bodiless = [204, 205, 304].includes(status);
    const body = bodiless ? '' : parts.content;
    const isChunked = parts.framing.includes('chunked') && version === '1.1';
    const chunks = (body.match(new RegExp(`[^]{1,${String(parts.cut)}}`, 'g')) ?? []).map(
      (each) => `${each.length.toString(16)}${parts.extension}\r\n${each}\r\n`,
    );
    const framing = isChunked
      ? [`Transfer-Encoding: ${parts.framing}`]
      : parts.framing === 'close'
        ? []
        : [`Content-Length: ${String(body.length)}`];
    const told = status === 204 || status === 304 ? [] : framing;
    const head = [`HTTP/${version} ${String(status)} ${reason}`, ...fields, ...told, '', ''];
    const chunked = `${chunks.join('')}0${parts.extension}\r\n${parts.trailer}\r\n`;
    const sent = told.length > 0 && isChunked ? chunked : body;
    return { text: `${interim}${head.join('\r\n')}${sent}`, status, body };
  });

const damages = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('change', 'change', 'drop', 'add'),
  byte: fc.oneof(
    fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(...Array.from('\r\n \t:;,"=019aAfFx\\/.-hHT')),
  ),
});

function damage(
  text: string,
  { at, kind, byte }: { at: number; kind: string; byte: string },
): string {
  const place = at % text.length;
  const added = kind === 'drop' ? '' : byte;
  return text.slice(0, place) + added + text.slice(place + (kind === 'add' ? 0 : 1));
}

test('a right reply is whole, and the oracle knows it', () => {
  const property = fc.property(reply, ({ text, status, body }) => {
    expect(readWhole(text)).toEqual({ status, body, end: text.length });
    expect(outcomeOf(text)).toEqual({ state: 'whole', end: text.length });
  });
  fc.assert(property, { numRuns: 500 });
});

test('one damaged byte leaves a right reply, or is found no later than a right reply can be', () => {
  const property = fc.property(reply, damages, ({ text }, how) => {
    const damaged = damage(text, how);
    const reading = readWhole(damaged);
    const outcome = outcomeOf(damaged);
    if (reading !== undefined && reading !== 'short' && reading.end === damaged.length) {
      const { statusLine, body } = parse(damaged);
      expect(outcome).toEqual({ state: 'whole', end: damaged.length });
      expect(statusLine?.status).toBe(reading.status);
      expect(body?.toString('latin1')).toBe(reading.body);
      return;
    }
    const impossible = firstImpossible(damaged);
    expect(impossible).toBeGreaterThanOrEqual(how.at % text.length);
    switch (outcome.state) {
      case 'whole': // More came than the head declares.
        expect(outcome.end).toBe(impossible);
        expect(impossible).toBeLessThan(damaged.length);
        return;
      case 'incomplete': // All that came may begin a right reply.
        expect(impossible).toBe(damaged.length);
        return;
      case 'invalid': // Marked no later than there, and within the same line.
        expect(impossible).toBeLessThan(damaged.length);
        expect(outcome.fault.offset).toBeLessThanOrEqual(impossible);
        expect(damaged.slice(outcome.fault.offset, impossible)).not.toContain('\n');
    }
  });
  fc.assert(property, { numRuns: 3000 });
});

test('the judge passes a damaged reply only where it is right and says the same', () => {
  const property = fc.property(reply, damages, ({ text, status, body }, how) => {
    const damaged = damage(text, how);
    const reading = readWhole(damaged);
    const same = { status, body, end: damaged.length };
    const isSame = reading !== 'short' && JSON.stringify(reading) === JSON.stringify(same);
    const failure = judge(damaged, status, body);
    expect(failure === undefined).toBe(isSame);
    const isRight = reading !== undefined && reading !== 'short' && reading.end === damaged.length;
    const offset = failure?.diagnosis.offset ?? 0;
    if (!isRight) expect(offset).toBeLessThanOrEqual(firstImpossible(damaged));
  });
  fc.assert(property, { numRuns: 1200 });
});

function parse(text: string): ReturnType<typeof parseReply> {
  return parseReply(Buffer.from(text, 'latin1'), true);
}

function outcomeOf(text: string): ReplyOutcome {
  return parse(text).outcome;
}

function judge(text: string, status: number, body: string): CheckFailure | undefined {
  const received = Buffer.from(text, 'latin1');
  const bytes = Buffer.from(body, 'latin1');
  const request = { name: 'GET /', bytes: Buffer.alloc(0) };
  const exchange = {
    request,
    received,
    ending: 'closed',
    withinMs: 3000,
    reply: parse(text),
  } as const;
  try {
    const reply = expectReply(exchange, { status }, { bytes });
    expectBody(reply.body, { name: 'the file', bytes }, exchange);
    return undefined;
  } catch (error) {
    if (error instanceof CheckFailure) return error;
    throw error;
  }
}
