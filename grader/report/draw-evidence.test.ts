import { describe, expect, it } from '@jest/globals';
import { recordBytes } from '../model/bytes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { drawEvidence } from './draw-evidence.ts';

const HEAD = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');

function differ(file: Buffer, at: number): Diagnosis {
  const body = Buffer.from(file);
  body[at] = (body[at] ?? 0) ^ 0xff;
  const offset = HEAD.byteLength + at;
  const received = recordBytes(Buffer.concat([HEAD, body]), offset);
  return {
    code: 'body-differs',
    proven: true,
    summary: 'It differs.',
    received: { label: 'the answer', bytes: received },
    expected: { label: 'x.png', bytes: recordBytes(file, at), offset: at },
    offset,
    caption: '100000 bytes came, 100000 were expected',
  };
}

/** The byte above the caret, of each dump. */
function marked(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    const at = line.indexOf('^^');
    return at === -1 ? [] : [(lines[index - 1] ?? '').slice(at, at + 2)];
  });
}

const BINARY = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256));

describe('the bytes of a file that is no text', () => {
  it.each([0, 1, 15, 16, 17, 2047, 2048, 60_000, 99_999])(
    'are drawn beside those that were expected, where byte %i is the first that differs',
    (at) => {
      const byte = BINARY[at] ?? 0;
      const hex = [byte ^ 0xff, byte].map((each) => each.toString(16).padStart(2, '0'));
      for (const width of [60, 80, 120]) {
        const lines = drawEvidence(differ(BINARY, at), width - 2);
        expect(marked(lines)).toEqual(hex);
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width - 2);
      }
    },
  );

  it.each([15, 16, 17])('have a caption where what came ends after %i bytes', (length) => {
    const { expected, ...facts } = differ(BINARY, length);
    const came = Buffer.concat([HEAD, BINARY.subarray(0, length)]);
    const received = { label: 'the answer', bytes: recordBytes(came) };
    const offset = came.byteLength;
    const lines = drawEvidence({ ...facts, ...(expected && { expected }), received, offset }, 80);
    expect(lines.filter((line) => line.includes('^^'))).toHaveLength(2);
    expect(lines.join('\n')).toContain(facts.caption);
  });

  it('have both sizes, and the same byte in the same column', () => {
    const lines = drawEvidence(differ(BINARY, 20), 80);
    expect(lines[0]).toBe('byte | the answer (100019 bytes)');
    expect(lines.find((line) => line.includes('x.png'))).toBe('byte | x.png (100000 bytes)');
    const [first, second] = lines.filter((line) => line.includes('^^'));
    expect(first?.indexOf('^^')).toBe(second?.indexOf('^^'));
  });
});

it('of a text are drawn as text', () => {
  const text = Buffer.from('<p>naïve café 東京</p>\n'.repeat(300));
  expect(drawEvidence(differ(text, 40), 80).join('\n')).toContain('<p>na\\xc3\\xafve');
});
