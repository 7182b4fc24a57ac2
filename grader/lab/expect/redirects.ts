import type { Exchange } from '../../wire/exchange.ts';
import { named } from '../../wire/reply/framing.ts';
import { isSameServer } from '../page/listed-names.ts';
import type { ServerUnderTest } from '../server.ts';

/** What a browser has in the end, wherever redirects led it. */
export interface Arrival {
  readonly exchange: Exchange;
  /** The address that was asked for last. */
  readonly at: URL;
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** Browsers give up after twenty; nobody sends a student's page round that often. */
const MOST_REDIRECTS = 5;

/**
 * GETs an address as a browser does, and follows redirects within the server.
 *
 * @param path with its query, encoded; it goes out exactly as given
 */
export async function follow(server: ServerUnderTest, path: string): Promise<Arrival> {
  const origin = `http://localhost:${String(server.address.port)}`;
  let at = new URL(origin);
  // Not resolved against the origin: a path of two slashes and more would be taken for a host.
  [at.pathname = '', at.search = ''] = path.split(/(?=\?)/);
  let exchange = await server.get(path);
  for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
    const next = redirectOf(exchange, at);
    if (!next || !isSameServer(next, at)) break;
    at = next;
    exchange = await server.get(`${at.pathname}${at.search}`);
  }
  return { exchange, at };
}

function redirectOf({ reply }: Exchange, asked: URL): URL | undefined {
  const { statusLine, headers } = reply;
  if (!statusLine || !REDIRECTS.includes(statusLine.status)) return undefined;
  const [location] = named(headers, 'location');
  if (!location || !URL.canParse(location.value, asked.href)) return undefined;
  return new URL(location.value, asked.href);
}
