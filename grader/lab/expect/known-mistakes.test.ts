import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { isInstalled } from '../../testing/cli.ts';
import { findMistake } from './known-mistakes.ts';

const IMAGE = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(6000)]);
const PAGE = Buffer.from(`<p>naïve café 東京\n"it's"</p>\r\n`);
const LARGE = randomBytes(8 * 2 ** 20);

describe.each([
  ['an image', IMAGE],
  ['a page', PAGE],
])('of %s, a mistake is found that was really made', (_, file) => {
  test.each([
    ['toString() of Node', () => Buffer.from(file.toString()), 'utf8-body'],
    ['TextDecoder', () => Buffer.from(new TextDecoder().decode(file)), 'utf8-body'],
    ['latin1 of Node', () => Buffer.from(file.toString('latin1')), 'latin1-body'],
    ['ascii of Node', () => Buffer.from(file.toString('ascii')), 'utf8-body'],
    ['base64 of Node', () => Buffer.from(file.toString('base64')), 'body-differs'],
    ['String() of a Uint8Array', () => Buffer.from(String(new Uint8Array(file))), 'body-differs'],
    ['JSON of a Buffer', () => Buffer.from(JSON.stringify(file)), 'body-differs'],
    ['the file twice', () => Buffer.concat([file, file]), 'trailing-bytes'],
  ])('%s', (_name, make, code) => {
    const made = make();
    const found = findMistake(made, file, 'it');
    // A page in ASCII, or in UTF-8 already, is not changed by it.
    expect(found?.code).toBe(made.equals(file) ? undefined : code);
  });

  const PYTHON: readonly (readonly [string, string])[] = [
    ["data.decode('utf-8', 'replace').encode()", 'utf8-body'],
    ["data.decode('utf-8', 'ignore').encode()", 'utf8-body'],
    ["data.decode('ascii', 'replace').encode()", 'utf8-body'],
    ["data.decode('ascii', 'ignore').encode()", 'utf8-body'],
    ["data.decode('latin-1').encode()", 'latin1-body'],
    ['str(data).encode()', 'body-differs'],
    ["data.replace(b'\\r\\n', b'\\n')", 'newline-translated'],
  ];
  (isInstalled('python3') ? test : test.skip).each(PYTHON)('Python: %s', (expression, code) => {
    const program = `import sys; data = sys.stdin.buffer.read(); sys.stdout.buffer.write(${expression})`;
    const made = execFileSync('python3', ['-c', program], { input: file });
    expect(findMistake(made, file, 'it')?.code).toBe(made.equals(file) ? undefined : code);
  });
});

test('nothing is claimed of bytes that no mistake gives', () => {
  const changed = Buffer.from(IMAGE);
  changed[3000] = (changed[3000] ?? 0) ^ 1;
  const almost = Buffer.from(IMAGE.toString());
  almost[3000] = (almost[3000] ?? 0) ^ 1;
  for (const came of [changed, almost, IMAGE, Buffer.alloc(0), randomBytes(6008)]) {
    expect(findMistake(came, IMAGE, 'it')).toBeUndefined();
  }
});

test('a large file is searched as surely, and soon', () => {
  const made = Buffer.from(LARGE.toString());
  const other = Buffer.from(LARGE);
  other[0] = (other[0] ?? 0) ^ 1;
  const beganAt = performance.now();
  expect(findMistake(made, LARGE, 'it')?.code).toBe('utf8-body');
  expect(findMistake(other, LARGE, 'it')).toBeUndefined();
  expect(performance.now() - beganAt).toBeLessThan(5000);
});

test.each([
  ['its one line end', 'one line\n', 8],
  ['its last letter, which is no ASCII', 'café', 3],
  ['its last bytes, which are no UTF-8', 'image\xff\xfe', 5],
])('a file that came without %s may have been cut off', (_, text, size) => {
  const file = Buffer.from(text, text.includes('\xff') ? 'latin1' : 'utf8');
  expect(findMistake(file.subarray(0, size), file, 'it')).toBeUndefined();
});
