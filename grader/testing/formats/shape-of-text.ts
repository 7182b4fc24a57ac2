import { parseDocument } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { Parser, type Result } from 'tap-parser';
import { shapeOfJson } from './shape-of-json.ts';
import { readCommands } from './workflow-commands.ts';

/**
 * What a reader of each format makes of it, but for the words: were a text of the student's able to
 * break out of its place, it would be another shape.
 */
export const SHAPES: Readonly<Record<string, (text: string) => unknown>> = {
  // How many bytes there were is no matter of shape.
  json: (text) =>
    shapeOfJson(JSON.parse(text, (key, value: unknown) => (key === 'size' ? 0 : value))),
  html: (text) => [...new Set(kindsOf(parseDocument(text), 'page'))].sort(),
  markdown: shapeOfMarkdown,
  github: (text) =>
    readCommands(text).map(({ name, properties }) => [name, Object.keys(properties)]),
  'github-summary': shapeOfMarkdown,
  junit: (text) => shapeOfXml(parseDocument(text, { xmlMode: true })),
  'junit-strict': (text) => shapeOfXml(parseDocument(text, { xmlMode: true })),
  tap: shapeOfTap,
  gradescope: shapeOfJsonText,
  classroom50: shapeOfJsonText,
  classroom: (text) => shapeOfJsonText(readOutput(text)),
  exercism: shapeOfJsonText,
  check50: shapeOfJsonText,
  prairielearn: shapeOfJsonText,
  autolab: (text) => shapeOfJsonText(lastLine(text)),
};

function shapeOfJsonText(text: string): unknown {
  return shapeOfJson(JSON.parse(text));
}

/** The value of the one output that `$GITHUB_OUTPUT` sets. @throws where it sets more, or another */
export function readOutput(text: string): string {
  const value = /^result=([A-Za-z0-9+/=]+)\n$/.exec(text)?.[1];
  if (value === undefined) throw new Error(`these are no outputs: ${text.slice(0, 200)}`);
  return Buffer.from(value, 'base64').toString();
}

/** As Autolab reads it. */
export function lastLine(text: string): string {
  return (
    text
      .trimEnd()
      .split(/\r\n|\r|\n/)
      .at(-1) ?? ''
  );
}

type XmlNode = ReturnType<typeof parseDocument>['children'][number];

function shapeOfXml(node: { readonly children: readonly XmlNode[] }): readonly unknown[] {
  return node.children.flatMap((child): readonly unknown[] => {
    if ('attribs' in child) {
      return [[child.name, Object.keys(child.attribs), shapeOfXml(child)]];
    }
    const isBlank = 'data' in child && child.data.trim() === '';
    return isBlank ? [] : [child.nodeType];
  });
}

/** Which elements stand in which, with which attributes: a text of more lines has more of the same. */
function kindsOf(
  node: { readonly children: readonly XmlNode[] },
  within: string,
): readonly string[] {
  return node.children.flatMap((child) => {
    if (!('attribs' in child)) return [];
    const attributes = Object.keys(child.attribs).join(' ');
    return [`${within} > ${child.name} [${attributes}]`, ...kindsOf(child, child.name)];
  });
}

const markdown = new MarkdownIt({ html: true, linkify: true });

/** Blocks as they are; in a line text and code are alike, and each link and each tag stands out. */
export function shapeOfMarkdown(text: string): unknown {
  return markdown.parse(text, {}).map(({ type, tag, info, children, content }) => {
    if (type === 'html_block') return content;
    if (type !== 'inline') return [type, tag, info];
    const kinds = (children ?? []).flatMap((child) =>
      INLINE.has(child.type) ? [] : [[child.type, child.attrGet('href') ?? child.content]],
    );
    return ['inline', kinds];
  });
}

const INLINE = new Set(['text', 'text_special', 'code_inline', 'strong_open', 'strong_close']);

/** What a strict parser of TAP reports; a line that is no TAP is an error to it. */
function shapeOfTap(text: string): unknown {
  const { count, ok, failures, points, comments } = readTap(text);
  const problems = failures.filter((failure) => 'tapError' in failure && !('id' in failure));
  return {
    ...{ count, ok, problems: problems.length, comments },
    points: points.map(({ id, ok: passed, skip, todo, diag }) => [
      ...[id, passed, skip, todo],
      shapeOfJson(diag),
    ]),
  };
}

/** Reads TAP by a strict parser. */
export function readTap(text: string) {
  const points: Result[] = [];
  let comments = 0;
  const parser = new Parser({ strict: true });
  parser.on('assert', (point: Result) => points.push(point));
  parser.on('comment', () => {
    comments += 1;
  });
  parser.on('child', () => {
    throw new Error('a subtest has begun');
  });
  parser.end(text);
  const { count, ok, failures, bailedOut } = parser;
  return { count, ok, failures, bailedOut, points, comments };
}
