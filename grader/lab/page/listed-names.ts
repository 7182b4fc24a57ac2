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
    const path = decodePercent(url.pathname);
    const below = path.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
    return isSameServer(url, at) && below === `${decodePercent(at.pathname)}${name}`;
  });
}

/** Whether a link leads to the server that the page came from, by whichever name of this machine. */
export function isSameServer(url: URL, at: URL): boolean {
  const isHere = ({ hostname }: URL): boolean => LOOPBACK.has(hostname);
  const sameHost = url.hostname === at.hostname || (isHere(url) && isHere(at));
  return url.protocol === at.protocol && url.port === at.port && sameHost;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function hasWord(text: string, name: string): boolean {
  return [text, decodePercent(text)].some((raw) => {
    const shown = raw.replaceAll('\u00a0', ' ');
    for (let at = shown.indexOf(name); at !== -1; at = shown.indexOf(name, at + 1)) {
      const [before, after] = [shown.slice(0, at), shown.slice(at + name.length)];
      if (!ENDS_IN_NAME.test(before.slice(-2)) && !BEGINS_IN_NAME.test(after.slice(0, 2)))
        return true;
    }
    return false;
  });
}

/** A letter or a digit beside a name makes it part of another one; so does a dot between the two. */
const ENDS_IN_NAME = /[\p{L}\p{N}]$|[\p{L}\p{N}][_.-]$/u;
const BEGINS_IN_NAME = /^[\p{L}\p{N}]|^[_.-][\p{L}\p{N}]/u;

/**
 * Decodes each run of percent-encoded bytes; a percent sign that encodes nothing stands for itself.
 */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run; // bytes that are no UTF-8
    }
  });
}
