import { expect, test } from '@jest/globals';
import { recordBytes } from '../../model/bytes.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { viewEvidence } from './evidence-view.ts';
import { textOf } from '../line.ts';

const HEAD = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]);

function diagnose(came: Buffer, facts: Partial<Diagnosis>): Diagnosis {
  const received = { label: 'the answer to GET /', bytes: recordBytes(came, facts.offset) };
  return { code: 'utf8-body', proven: true, summary: 'It is wrong.', received, ...facts };
}

function draw(diagnosis: Diagnosis): readonly string[] {
  return viewEvidence(diagnosis).flatMap(({ label, lines }) => [label, ...lines.map(textOf)]);
}

test('text is shown by lines, with carets below the wrong bytes', () => {
  const lines = draw(diagnose(HEAD, { offset: 9, length: 3, caption: '404 was expected' }));
  expect(lines).toEqual([
    'The answer to GET / (19 bytes)',
    '   0 | HTTP/1.1 200 OK\\r\\n',
    '     |          ^^^ 404 was expected',
    '  17 | \\r\\n',
  ]);
});

test('what is no text is shown in hexadecimal, beside the same place of what was expected', () => {
  const came = Buffer.concat([HEAD, Buffer.from([0xef, 0xbf, 0xbd]), PNG.subarray(1)]);
  const expected = { label: 'bird.png', bytes: recordBytes(PNG), offset: 0 };
  expect(draw(diagnose(came, { offset: 19, caption: '10 bytes came', expected }))).toEqual([
    'The answer to GET / (30 bytes)',
    '  19 | ef bf bd 50 4e 47 0d 0a  1a 0a 00                 |...PNG.....|',
    '     | ^^ 10 bytes came',
    'Expected: bird.png (9 bytes)',
    '   0 | 89 50 4e 47 0d 0a 1a 0a  00                       |.PNG.....|',
    '     | ^^',
  ]);
});

test('far into a file that is no text, the same place of what was expected is shown', () => {
  const file = Buffer.alloc(40_000, 0xff);
  const came = Buffer.concat([HEAD, file.subarray(0, 30_000), Buffer.from([2])]);
  const expected = { label: 'bird.png', bytes: recordBytes(file, 30_000), offset: 30_000 };
  const [, due, ...others] = viewEvidence(diagnose(came, { offset: 30_019, expected }));
  expect(others).toEqual([]);
  expect(due?.label).toBe('Expected: bird.png (40000 bytes)');
  expect(due?.lines.map(textOf)).toContain(
    '30000 | ff ff ff ff ff ff ff ff  ff ff ff ff ff ff ff ff  |................|',
  );
});

test('text that was expected is no dump beside bytes that are none', () => {
  const page = Buffer.from('<p>a page</p>');
  const expected = { label: 'a.html', bytes: recordBytes(page), offset: 0 };
  const came = Buffer.concat([HEAD, PNG]);
  expect(draw(diagnose(came, { offset: 19, expected }))).toContain('  19 | \\x89PNG\\r\\n');
});

test('where it is not known which place was expected, no other is shown', () => {
  const came = Buffer.concat([HEAD, Buffer.alloc(4000)]);
  const expected = { label: 'bird.png', bytes: recordBytes(Buffer.alloc(4000, 1)) };
  const labels = viewEvidence(diagnose(came, { offset: 3000, expected })).map(({ label }) => label);
  expect(labels).toEqual(['The answer to GET / (4019 bytes)']);
});

test('where nothing came, a short text that was expected is shown', () => {
  const { received, ...silent } = diagnose(HEAD, {});
  expect(received).toBeDefined();
  const expected = { label: 'what was sent', bytes: recordBytes(Buffer.from('a\r\nb')) };
  expect(draw({ ...silent, expected })).toEqual(['Expected was what was sent', 'a\\r\\n', 'b']);
});
