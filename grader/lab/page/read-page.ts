import { Parser } from 'htmlparser2';

/** A link of a page. */
interface Link {
  /** As it stands in the page, entities decoded. */
  readonly href: string;
  /** Where a browser goes, without the fragment, which it keeps to itself. */
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
      if (!INLINE.has(name)) text.push('\n');
    },
    ontext: (piece) => text.push(piece),
    onclosetag: (name) => {
      if (!INLINE.has(name)) text.push('\n');
    },
  });
  parser.end(body.subarray(0, endOfTags(body)).toString('utf8'));
  const isHtml = [...tags].some((tag) => KNOWN.has(tag));
  const links = hrefs.flatMap((href) => {
    const url = resolve(href, base);
    return url ? [{ href, url }] : [];
  });
  return { links, isHtml, text: isHtml ? text.join('') : body.toString('utf8') };
}

/** The parser looks through all open elements at each end tag: what has more tags is no listing. */
const MOST_TAGS = 20_000;

function endOfTags(body: Buffer): number {
  let at = body.indexOf('<');
  for (let tags = 0; tags < MOST_TAGS && at !== -1; tags += 1) at = body.indexOf('<', at + 1);
  return at === -1 ? body.byteLength : at;
}

function resolve(href: string, base: URL): URL | undefined {
  if (!URL.canParse(href.trim(), base.href)) return undefined;
  const url = new URL(href.trim(), base.href);
  url.hash = '';
  return url;
}

/** Elements that stand within a line; all others begin a new one for a reader. */
const INLINE = new Set(
  'abbr b bdi bdo big code em font i kbd mark s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Elements that show, where one of them stands, that a page is HTML. */
const KNOWN = new Set(
  'a b body br center dd div dl dt font form h1 h2 h3 h4 h5 h6 head hr html i img li main nav ol option p pre section select span table td th time title tr ul'.split(
    ' ',
  ),
);
