import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { CapturedOutput } from './output.ts';

const KEPT = 64 * 1024;

async function capture(...pieces: readonly (string | Buffer)[]): Promise<CapturedOutput> {
  const stream = new PassThrough({ highWaterMark: 16 * 1024 * 1024 });
  const output = new CapturedOutput(stream);
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await once(stream, 'end');
  return output;
}

describe('what a program prints', () => {
  test('is kept whole where it is short', async () => {
    const output = await capture('naïve\n', 'café\n');
    expect(output.text()).toBe('naïve\ncafé\n');
    expect(output.size).toBe(13);
  });

  test('keeps a character that came in two pieces', async () => {
    const bytes = Buffer.from('東京');
    const output = await capture(bytes.subarray(0, 4), bytes.subarray(4));
    expect(output.text()).toBe('東京');
  });

  test('is kept up to twice 64 KiB without a gap', async () => {
    const text = 'x'.repeat(KEPT) + 'y'.repeat(KEPT);
    expect((await capture(text)).text()).toBe(text);
  });

  test('loses its middle, and says how much, where it is longer', async () => {
    const output = await capture('a'.repeat(KEPT), 'b'.repeat(1000), 'c'.repeat(KEPT));
    expect(output.text()).toBe(`${'a'.repeat(KEPT)}\n... 1000 bytes ...\n${'c'.repeat(KEPT)}`);
    expect(output.size).toBe(2 * KEPT + 1000);
  });

  test('keeps head and tail of a flood', async () => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `line ${String(index)}\n`);
    const output = await capture(lines.slice(0, 150_000).join(''), lines.slice(150_000).join(''));
    expect(output.text().startsWith('line 0\nline 1\n')).toBe(true);
    expect(output.text().endsWith('line 299998\nline 299999\n')).toBe(true);
    expect(output.size).toBe(lines.join('').length);
  });
});

describe('what was printed since', () => {
  test('a moment is what came after it', async () => {
    const output = await capture('before after');
    expect(output.textSince(7)).toBe('after');
    expect(output.textSince(0)).toBe('before after');
    expect(output.textSince(output.size)).toBe('');
  });

  test('a moment is what came after it, behind a flood as well', async () => {
    const output = await capture('x'.repeat(3 * KEPT), 'after');
    expect(output.textSince(3 * KEPT)).toBe('after');
    expect(output.textSince(output.size)).toBe('');
  });
});

describe('watching for a text', () => {
  test('ends as soon as it is printed, in whatever pieces', async () => {
    const stream = new PassThrough();
    const printed = new CapturedOutput(stream).watch('/random/page');
    stream.write('GET /rand');
    stream.write('om/page\n');
    expect(await printed(10_000)).toBe(true);
  });

  test('ends when its time is up', async () => {
    const output = new CapturedOutput(new PassThrough());
    expect(await output.watch('never')(30)).toBe(false);
  });

  test('looks at nothing that was printed before', async () => {
    const stream = new PassThrough();
    const output = new CapturedOutput(stream);
    stream.write('GET /a\n');
    await new Promise(setImmediate);
    expect(await output.watch('/a')(30)).toBe(false);
  });

  test('finds a text in the midst of a flood', async () => {
    const stream = new PassThrough();
    const printed = new CapturedOutput(stream).watch('/random/page');
    for (let count = 0; count < 10; count += 1) stream.write('x'.repeat(KEPT));
    stream.write('/random/page\n');
    for (let count = 0; count < 5; count += 1) stream.write('x'.repeat(KEPT));
    expect(await printed(10_000)).toBe(true);
  });
});
