import type { Page } from './read-page.ts';

/**
 * Tells whether a listing shows a name: as a link to it within the listed folder, or as a word of
 * its text, whatever stands around it. A final slash is no part of a name.
 *
 * @param at the listing's own address, ending in a slash
 */
export function showsName(page: Page, name: string, at: URL): boolean {
  return linksTo(page, name, at).length > 0 || hasWord(page.text, name);
}

/** The links of a listing that lead to this name in the listed folder. */
export function linksTo(page: Page, name: string, at: URL): Page['links'] {
  return page.links.filter(({ url }) => {
    const path = decode(url.pathname);
    return url.host === at.host && path.replace(/\/$/, '') === `${decode(at.pathname)}${name}`;
  });
}

function hasWord(text: string, name: string): boolean {
  return [text, decode(text)].some((shown) => {
    for (let at = shown.indexOf(name); at !== -1; at = shown.indexOf(name, at + 1)) {
      const [before, after] = [shown.charAt(at - 1), shown.charAt(at + name.length)];
      if (!IN_NAME.test(before) && !IN_NAME.test(after)) return true;
    }
    return false;
  });
}

/** Characters that, next to a name, make it a part of another one. */
const IN_NAME = /[\p{L}\p{N}_.-]/u;

/** Decodes each run of percent-encoded bytes; a percent sign that encodes nothing stands for itself. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run; // bytes that are no UTF-8
    }
  });
}
