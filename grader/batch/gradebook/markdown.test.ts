import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { HOSTILE_STRINGS } from '../../testing/hostile-strings.ts';
import { writeCell, writeCode, writeFence, writeProse } from './markdown.ts';
import { showLine, showLines } from '../../report/show-text.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });

/** What is shown in the end: the text, and the kinds of what it is made of. */
function render(source: string): { text: string; kinds: string[] } {
  const tokens = markdown.parse(source, {});
  const inner = tokens.flatMap((token) => token.children ?? []);
  return {
    text: [...inner, ...tokens.filter(({ type }) => type === 'fence')]
      .map(({ content }) => content)
      .join(''),
    kinds: [...new Set([...tokens, ...inner].map(({ type }) => type))],
  };
}

describe('words', () => {
  test.each([
    ['Your status line ends with LF alone.', 'Your status line ends with LF alone.'],
    ['It says "HTTP/1.1 200 OK", and no more.', 'It says "`HTTP/1.1 200 OK`", and no more.'],
    ["Anne-Marie O'Brien, J. R. R.", "Anne-Marie O'Brien, J. R. R."],
    ['José 李 محمد', 'José 李 محمد'],
    ['GET /a_b.txt (25%, 3.5 bytes)', 'GET `/a_b.txt` (25%, 3.5 bytes)'],
    ['call socket.end(page), then stop', 'call `socket.end(page)`, then stop'],
    ['use `curl -i` here', 'use `curl -i` here'],
    ['<b> and <i>', '`<b>` and `<i>`'],
    ['<b> <i> @you', '`<b> <i> @you`'],
    ['a tick ` alone', 'a tick `` ` `` alone'],
    ['1. one', '1\\. one'],
    ['see #12, GH-3 and a5c3785ed8', 'see `#12`, `GH-3` and `a5c3785ed8`'],
    ['', ''],
  ])('%s', (text, written) => {
    expect(writeProse(text)).toBe(written);
  });
});

describe.each(HOSTILE_STRINGS)('$name', ({ text }) => {
  const line = showLine(text, 1000);

  test('is shown as it is, and means nothing', () => {
    for (const source of [writeProse(line), `# ${writeProse(line)}`, `- ${writeProse(line)}`]) {
      const { text: shown, kinds } = render(source);
      // What was code already is shown without its ticks.
      const isAlike = (one: string): string => one.replace(/[`\s]/g, '');
      expect(isAlike(shown)).toBe(isAlike(line));
      expect(kinds.filter((kind) => !HARMLESS.has(kind))).toEqual([]);
    }
  });

  test('stays in its code', () => {
    const { text: shown, kinds } = render(`a ${writeCode(line)} b`);
    expect(shown).toBe(`a ${line} b`);
    expect(kinds.filter((kind) => !HARMLESS.has(kind))).toEqual([]);
  });

  test('stays in its fence', () => {
    const lines = showLines(text, 30);
    const { text: shown, kinds } = render(`${writeFence(lines)}\n`);
    expect(shown).toBe(`${lines.join('\n')}\n`);
    expect(kinds).toEqual(['fence']);
  });

  test('stays in its cell of a table', () => {
    const cells = `| a | b |\n| --- | --- |\n| ${writeCell(line)} | ${writeCell(line)} |\n`;
    const tokens = markdown.parse(cells, {});
    expect(tokens.filter(({ type }) => type === 'td_open')).toHaveLength(2);
    expect(tokens.filter(({ type }) => type === 'tr_open')).toHaveLength(2);
  });

  test('names nobody outside of code', () => {
    const inner = markdown.parse(writeProse(line), {}).flatMap((token) => token.children ?? []);
    const words = inner.filter(({ type }) => type === 'text').map(({ content }) => content);
    expect(words.join(' ')).not.toMatch(/[@#$<>&*_~|[\]\\]|:\/\/|www\./);
  });
});

test('whatever is written, it is text and code', () => {
  const unit = fc.constantFrom(
    ...Array.from('`*_[]()<>@#|\\~"\'!&$:/.=+- 1a'),
    'www.',
    'http://',
    '<b>',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      const line = showLine(text);
      const { text: shown, kinds } = render(`- ${writeProse(line)}\n\n${writeProse(line)}\n`);
      expect(kinds.filter((kind) => !HARMLESS.has(kind))).toEqual([]);
      expect(shown.replace(/[`\s]/g, '')).toBe(`${line}${line}`.replace(/[`\s]/g, ''));
    }),
    { numRuns: 3000 },
  );
});

const HARMLESS = new Set([
  ...['paragraph_open', 'paragraph_close', 'heading_open', 'heading_close', 'inline', 'text'],
  ...['bullet_list_open', 'bullet_list_close', 'list_item_open', 'list_item_close'],
  'code_inline',
  // A number's dot.
  'text_special',
]);
