import { describe, expect, test } from '@jest/globals';
import MarkdownIt from 'markdown-it';
import { makeHostileRecord, makeRecord } from '../testing/hostile-record.ts';
import { HOSTILE_STRINGS } from '../testing/hostile-strings.ts';
import { renderPull } from './render-pull.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });
const MOST = 60_000;

function kindsOf(source: string): ReadonlySet<string> {
  const tokens = markdown.parse(source, {});
  return new Set(
    [...tokens, ...tokens.flatMap(({ children }) => children ?? [])].map(({ type }) => type),
  );
}

/** What is no code in it: words that a forge could make something of. */
function wordsOf(source: string): string {
  return markdown
    .parse(source, {})
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'text')
    .map(({ content }) => content)
    .join('\n');
}

test('tells the verdict, the stages, the failures and what had no effect', () => {
  const text = renderPull(makeRecord(), { before: ['<!-- first -->', ''], most: MOST });
  expect(text).toMatch(/^<!-- first -->\n\n## wiregrade: Not passed yet\n\n### week02: \d+ of /);
  expect(text).toContain('| `http_serve2` |');
  expect(text).toMatch(/^#### `\w+\/[\w-]+`: /m);
  expect(text).toContain('- `grader/cli.ts`\n');
  expect(text).toContain('- Sandbox: `bubblewrap`\n');
});

test('says so where the programs ran in no cell', () => {
  const text = renderPull(makeRecord({ sandbox: 'none' }), { before: [], most: MOST });
  expect(text).toContain('could have changed this verdict');
});

test('tells less where it would be too long, and always the verdict', () => {
  const lengths = [MOST, 2200, 1200, 600].map((most) => {
    const text = renderPull(makeRecord(), { before: [], most });
    expect(text).toContain('## wiregrade: Not passed yet');
    return text.length;
  });
  expect(new Set(lengths).size).toBe(4);
});

describe.each(HOSTILE_STRINGS)('$name', ({ text }) => {
  const source = renderPull(makeHostileRecord(text), { before: [], most: MOST });

  test('makes neither HTML nor links nor pictures', () => {
    expect(source.length).toBeLessThanOrEqual(MOST);
    const kinds = kindsOf(source);
    for (const kind of ['html_block', 'html_inline', 'link_open', 'image', 'strikethrough_open']) {
      expect([...kinds]).not.toContain(kind);
    }
  });

  test('mentions nobody', () => {
    expect(wordsOf(source)).not.toMatch(/@\w|#\d|GH-\d|\b[0-9a-f]{7,40}\b|https?:|www\./);
  });
});
