import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { getWithRealClient } from '../real-client.ts';
import { parseReply } from './reply-parser.ts';

// Each case of http-cases.txt is measured twice: by our parser, and over a real socket by undici, whose
// parser is llhttp in its strict mode. Where the two differ from the RFC, or from each other, the
// case says why in a sentence.

interface Case {
  readonly name: string;
  readonly bytes: Buffer;
  /** Whether a server may send it. */
  readonly isRight: boolean;
  readonly ours: string;
  readonly undici: string;
  readonly why: string | undefined;
}

const SIGNS: Readonly<Record<string, string>> = {
  r: '\r',
  n: '\n',
  t: '\t',
  '0': '\0',
  '\\': '\\',
};

const PARTS = readFileSync(new URL('http-cases.txt', import.meta.url), 'utf8')
  .split(/^== /m)
  .slice(1)
  .map((part) => {
    const [title = '', ...cases] = part.split(/^-- /m);
    return { title: title.trim(), cases: cases.map(parseCase) };
  });
const CASES = PARTS.flatMap(({ cases }) => cases);

/** Answers each connection with the bytes of the case whose number is its path, and closes it. */
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', (request) => {
    const number = /^GET \/(\d+) /.exec(request.toString('latin1'))?.[1];
    socket.end(CASES[Number(number)]?.bytes ?? '');
  });
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
});

test('there are many cases, and no two are alike', () => {
  expect(CASES.length).toBeGreaterThan(100);
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  expect(new Set(CASES.map(({ bytes }) => bytes.toString('latin1'))).size).toBe(CASES.length);
});

describe.each(PARTS)('$title', ({ cases }) => {
  test.each(cases)('$name', async (each) => {
    expect(ourReading(each.bytes)).toBe(each.ours);
    expect(await undiciReading(CASES.indexOf(each))).toBe(each.undici);
    const [weTake, undiciTakes] = [takes(each.ours), takes(each.undici)];
    const isPlain = weTake === each.isRight && weTake === undiciTakes;
    if (isPlain) expect(each.why).toBeUndefined();
    else expect(each.why).toMatch(/^(stricter|laxer|undici alone): /);
  });
});

test('no right reply is refused, but for what the cases say', () => {
  const refused = CASES.filter(({ isRight, ours }) => isRight && !takes(ours));
  expect(refused).toEqual([]);
});

function takes(reading: string): boolean {
  return /^(whole|reads) /.test(reading) && !reading.includes(', then ');
}

function ourReading(bytes: Buffer): string {
  const { outcome, body } = parseReply(bytes, true);
  switch (outcome.state) {
    case 'invalid':
      return `${outcome.fault.code} at ${String(outcome.fault.offset)}`;
    case 'incomplete':
      return `stops in its ${outcome.part}`;
    case 'whole': {
      const more = bytes.byteLength - outcome.end;
      return `whole ${shown(body)}${more > 0 ? `, then ${String(more)} bytes more` : ''}`;
    }
  }
}

async function undiciReading(index: number): Promise<string> {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server is closed');
  const target = { host: '127.0.0.1', port: address.port };
  const reading = await getWithRealClient(target, `/${String(index)}`, 5000);
  return reading.state === 'read'
    ? `reads ${String(reading.status)} ${shown(reading.body)}`
    : 'gives up';
}

function shown(body: Buffer | undefined): string {
  return JSON.stringify(body?.toString('latin1') ?? '');
}

/** A name, then a line for each fact: its word, and what it says. */
function parseCase(text: string): Case {
  const [name = '', ...lines] = text.trimEnd().split('\n');
  const facts = new Map(
    lines.filter((line) => line !== '').map((line) => [line.slice(0, 8).trim(), line.slice(8)]),
  );
  const fact = (word: string): string => facts.get(word) ?? '';
  return {
    name,
    bytes: unescape(fact('bytes')),
    isRight: fact('rfc').startsWith('right '),
    ours: fact('ours'),
    undici: fact('undici'),
    why: facts.get('why'),
  };
}

function unescape(text: string): Buffer {
  const plain = text.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex?: string, sign = '') =>
    hex === undefined ? (SIGNS[String(sign)] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}
