import { describe, expect, test } from '@jest/globals';
import { DomUtils, parseDocument } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { createHash } from 'node:crypto';
import { makeClass } from '../../testing/believable-class.ts';
import { renderClass } from '../../testing/class-files.ts';
import { makeHostileClass } from '../../testing/hostile-class.ts';
import { renderGradebookHtml } from './gradebook-html.ts';

const CLASSES = [
  { name: 'a class as there are many', files: renderClass(makeClass(60)) },
  { name: 'a hostile class', files: renderClass(makeHostileClass()) },
];

const ATTRIBUTES = new Set([
  ...['lang', 'charset', 'http-equiv', 'content', 'name', 'class', 'id', 'href', 'rel', 'tabindex'],
  ...['role', 'aria-labelledby', 'aria-hidden', 'hidden', 'for', 'type', 'autocomplete', 'value'],
  ...['spellcheck', 'scope', 'title', 'data-kind', 'data-sort', 'data-share', 'data-status'],
  ...[
    'data-codes',
    'data-sortable',
    'data-all',
    'open',
    'viewbox',
    'preserveaspectratio',
    'x',
    'y',
  ],
  ...['width', 'height', 'x1', 'x2', 'y1', 'y2'],
]);

describe.each(CLASSES)('$name', ({ files }) => {
  const pages = [...files].filter(([path]) => path.endsWith('.html'));
  const texts = [...files].filter(([path]) => path.endsWith('.md'));

  test('every page holds elements, attributes and links of ours alone', () => {
    for (const [path, html] of pages) {
      const elements = DomUtils.findAll(() => true, parseDocument(html).children);
      const count = (name: string): number => elements.filter((each) => each.name === name).length;
      expect([count('script'), count('style'), count('img'), count('iframe')]).toEqual([
        ...[path === 'gradebook.html' ? 1 : 0, 1, 0, 0],
      ]);
      const attributes = elements.flatMap(({ attribs }) => Object.keys(attribs));
      expect(attributes.filter((name) => !ATTRIBUTES.has(name.toLowerCase()))).toEqual([]);
      const links = elements.flatMap(({ attribs }) => attribs.href ?? []);
      expect(links.filter((link) => !LINK.test(link))).toEqual([]);
    }
  });

  test('every page lets in no more than the style and the script that it brings', () => {
    for (const [, html] of pages) {
      const page = parseDocument(html);
      const hashOf = (name: string): string => {
        const [element] = DomUtils.getElementsByTagName(name, page);
        if (!element) return "'none'";
        const text = DomUtils.textContent(element);
        return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
      };
      const [meta] = DomUtils.getElementsByTagName('meta', page).filter(
        ({ attribs }) => attribs['http-equiv'] === 'Content-Security-Policy',
      );
      expect(meta?.attribs.content?.split('; ')).toEqual([
        ...["default-src 'none'", `style-src ${hashOf('style')}`, `script-src ${hashOf('script')}`],
        ...["base-uri 'none'", "form-action 'none'"],
      ]);
    }
  });

  test('every text in Markdown holds links and HTML of ours alone', () => {
    const markdown = new MarkdownIt({ html: true, linkify: true });
    for (const [, text] of texts) {
      const tokens = markdown.parse(text, {});
      const all = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
      const links = all.flatMap((token) =>
        String(token.attrGet('href') ?? token.attrGet('src') ?? '#'),
      );
      expect(links.filter((link) => !LINK.test(link))).toEqual([]);
      const html = all.filter(({ type }) => type.startsWith('html')).map(({ content }) => content);
      expect(html.filter((each) => !DETAILS.test(each))).toEqual([]);
      const words = all.filter(({ type }) => type === 'text').map(({ content }) => content);
      expect(words.join('\n')).not.toMatch(/[@#$<>&*_~|[\]\\]|:\/\/|www\./);
    }
  });

  test('no text holds what moves a cursor, reorders a line, or is half a character', () => {
    for (const [, text] of files) {
      const lines = text.replace('\ufeff', '').replaceAll('\r\n', '\n');
      expect(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/.exec(lines),
      ).toBeNull();
      expect(/\p{Cs}/u.exec(lines)).toBeNull();
    }
  });
});

const LINK =
  /^(?:feedback\/[^/:]+\.html|https:\/\/www\.rfc-editor\.org\/[\w#./-]+|#(?:failure-\d+)?)$/;
const DETAILS = /^(?:<details><summary>Hint \d of 3<\/summary>|<\/details>)\n?$/;

test('the markup is the same whatever the words are', () => {
  const { title, records } = makeHostileClass();
  const shape = (html: string): readonly string[] =>
    DomUtils.findAll(() => true, parseDocument(html).children).map(({ name }) => name);
  const harmless = records.map((record) => ({
    ...record,
    student: { ...record.student, name: 'Ada', email: 'ada@uni.example', section: 'A' },
  }));
  expect(shape(renderGradebookHtml(title, records))).toEqual(
    shape(renderGradebookHtml(title, harmless)),
  );
});

test('four times the students take about four times as long', () => {
  const time = (students: number): number => {
    const { title, records } = makeClass(students);
    const rounds = Array.from({ length: 3 }, () => {
      const begun = performance.now();
      renderClass({ title, records, results: new Map() });
      return performance.now() - begun;
    });
    return Math.min(...rounds);
  };
  time(50);
  // Were it the square, it would be sixteen times.
  expect(time(600)).toBeLessThan(9 * time(150) + 50);
});
