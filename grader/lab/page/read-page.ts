import { Parser } from 'htmlparser2';

/** A link of a page. */
interface Link {
  /** As it stands in the page, entities decoded. */
  readonly href: string;
  /** Where a browser goes, without query and fragment. */
  readonly url: URL;
}

/** What a reader sees of a page. */
export interface Page {
  readonly links: readonly Link[];
  /** Its text, entities decoded; for a page that is not HTML, all of it. */
  readonly text: string;
  /** True where it holds at least one element that HTML defines. */
  readonly isHtml: boolean;
}

/**
 * Reads a page as a browser does: entities are decoded, links resolved against the page or its base.
 *
 * @param at the page's own address
 */
export function readPage(body: Buffer, at: URL): Page {
  const hrefs: string[] = [];
  const text: string[] = [];
  const tags = new Set<string>();
  let base = at;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      tags.add(name);
      const { href } = attributes;
      if (name === 'base' && href !== undefined) base = resolve(href, at) ?? at;
      if (name === 'a' && href !== undefined) hrefs.push(href);
      if (BREAKS.has(name)) text.push('\n');
    },
    ontext: (piece) => text.push(piece),
    onclosetag: (name) => {
      if (BREAKS.has(name)) text.push('\n');
    },
  });
  parser.end(body.toString('utf8'));
  const isHtml = [...tags].some((tag) => KNOWN.has(tag));
  const links = hrefs.flatMap((href) => {
    const url = resolve(href, base);
    return url ? [{ href, url }] : [];
  });
  return { links, isHtml, text: isHtml ? text.join('') : body.toString('utf8') };
}

function resolve(href: string, base: URL): URL | undefined {
  if (!URL.canParse(href.trim(), base.href)) return undefined;
  const url = new URL(href.trim(), base.href);
  url.hash = '';
  url.search = '';
  return url;
}

/** Elements that begin a new line of what a reader sees. */
const BREAKS = new Set([
  'br',
  'div',
  'li',
  'p',
  'td',
  'tr',
  'h1',
  'h2',
  'pre',
  'a',
  'title',
  'dd',
  'dt',
]);
const KNOWN = new Set([
  ...BREAKS,
  'html',
  'head',
  'body',
  'ul',
  'ol',
  'table',
  'span',
  'h3',
  'time',
]);
