import { describe, expect, test } from '@jest/globals';
import { expectGolden } from '../testing/expect-golden.ts';
import { SHAPES } from '../testing/formats/shape-of-text.ts';
import { AROUND, renderFormat } from '../testing/formats/render-format.ts';
import { NOTHING_JUDGED, THREE_RESULTS } from '../testing/formats/three-results.ts';
import { expectValid } from '../testing/formats/validate-format.ts';
import { HOSTILE_STRINGS } from '../testing/hostile-strings.ts';
import { spoilResult } from '../testing/spoil-result.ts';
import { FORMATS } from './formats.ts';

const NAMES = Object.keys(FORMATS);
const [{ result: allRight } = { result: NOTHING_JUDGED }] = THREE_RESULTS;

const ENDINGS: Readonly<Record<string, string>> = {
  html: 'html',
  markdown: 'md',
  'github-summary': 'md',
  junit: 'xml',
  'junit-strict': 'xml',
  ...{ github: 'txt', tap: 'txt', classroom: 'txt', autolab: 'txt' },
};

/** How a page looks has a file of its own, and would be here three times. */
function withoutStyle(text: string): string {
  return text
    .replace(/<style>.*<\/style>/s, '<style></style>')
    .replace(/(?<=style-src &#39;sha256-)[^&]+/, '...');
}

describe.each(THREE_RESULTS)('a result that is $name', ({ name, result }) => {
  test.each(NAMES)('%s', async (format) => {
    const text = await renderFormat(format, result);
    expectGolden(`formats/${format}/${name}.${ENDINGS[format] ?? 'json'}`, withoutStyle(text));
    await expectValid(format, text);
  });
});

test.each(NAMES)('%s is a pure function of the result', async (format) => {
  const [one, other] = [await renderFormat(format, allRight), await renderFormat(format, allRight)];
  expect(one).toBe(other);
});

describe('nothing that a program says changes what is read', () => {
  test.each(HOSTILE_STRINGS)('$name', async ({ text }) => {
    // As long, since what is very long is cut, or left out.
    const harmless = text.trim() === '' ? text : 'w'.repeat(text.length);
    for (const format of NAMES) {
      const hostile = await renderFormat(format, spoilResult(allRight, text));
      const calm = await renderFormat(format, spoilResult(allRight, harmless));
      const shape = SHAPES[format] ?? noShape;
      expect([format, shape(hostile)]).toEqual([format, shape(calm)]);
      // The record itself is for programs, and says all as it was.
      if (format !== 'json') expect([format, UNSAFE.exec(hostile)]).toEqual([format, null]);
    }
  });
});

test.each(NAMES)('%s is valid, whatever a program says', async (format) => {
  const results = HOSTILE_STRINGS.map(({ text }) => spoilResult(allRight, text));
  const texts = await Promise.all(results.map((result) => renderFormat(format, result)));
  await expectValid(format, ...texts);
});

/** Moves a cursor, reorders a line, hides in it, or is half a character. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

function noShape(): never {
  throw new Error('say in testing/formats/shape-of-text.ts what a reader makes of this format');
}

test('a format that lacks what it needs says so', async () => {
  const environment = { ...AROUND.environment, COMMIT_URL: undefined, RELEASE_URL: '' };
  await expect(FORMATS.classroom50?.({ ...AROUND, environment })).rejects.toThrow(
    'classroom50 needs COMMIT_URL, RELEASE_URL in the environment',
  );
});

test.each([
  ['SUBMISSION_TAG', 'v1', 'SUBMISSION_TAG is "v1", which is no tag of a submission'],
  ['COMMIT_URL', 'c0ffee', 'COMMIT_URL is "c0ffee", which is no address of a commit'],
])('%s that is %j is refused', async (name, value, message) => {
  const environment = { ...AROUND.environment, [name]: value };
  await expect(FORMATS.classroom50?.({ ...AROUND, environment })).rejects.toThrow(message);
});
