import type { Exchange } from '../../wire/exchange.ts';
import type { CheckContext } from '../context.ts';
import { showsName } from '../page/listed-names.ts';
import { readPage, type Page } from '../page/read-page.ts';
import type { ServerUnderTest } from '../server.ts';
import { failure } from './failure.ts';
import { follow } from './redirects.ts';
import { expectReply, type Reply } from './reply.ts';

/** A listing as it came, wherever a redirect led. */
export interface Listing {
  readonly exchange: Exchange;
  readonly reply: Reply;
  readonly page: Page;
  /** Its address, always with a final slash. */
  readonly at: URL;
}

/**
 * GETs a folder as a browser does, redirects included, and expects a 200.
 *
 * @param path of the folder, encoded, with its final slash
 */
export async function getListing(server: ServerUnderTest, path: string): Promise<Listing> {
  const { exchange, at: asked } = await follow(server, path);
  const reply = expectReply(exchange, { status: 200 });
  const at = new URL(asked.origin);
  at.pathname = asked.pathname.endsWith('/') ? asked.pathname : `${asked.pathname}/`;
  // A browser resolves links against the address it asked for, with or without the slash.
  return { exchange, reply, at, page: readPage(reply.body, asked) };
}

/**
 * Expects a listing to show each file and folder that lies in a folder of `web/`.
 *
 * @param folder relative to `web/`, empty for the top
 */
export function expectFolder(
  listing: Listing,
  { web, originOf }: Pick<CheckContext, 'web' | 'originOf'>,
  folder = '',
): void {
  const isPlanted = (name: string): boolean => {
    const path = folder === '' ? name : `${folder}/${name}`;
    const files = web.folders().includes(path) ? web.files(path) : [path];
    return files.length > 0 && files.every((file) => originOf(file) === 'planted');
  };
  const names = web.entries(folder).map(({ name }) => name);
  expectNames(listing, names, (name) => (isPlanted(name) ? PLANTED : undefined));
}

/** Says of a planted file that it is no mistake that its name is unknown. */
export const PLANTED = 'The grader put it there, so that what is written by hand is found out.';

/** Expects a listing to show each of these names. @param noteOn a fact to add about a missing one */
export function expectNames(
  { page, at, exchange, reply }: Listing,
  names: readonly string[],
  noteOn: (name: string) => string | undefined = () => undefined,
): void {
  const missing = names.filter((name) => !showsName(page, name, at));
  const [first] = missing;
  if (first === undefined) return;
  const others = missing.length > 1 ? `, and ${String(missing.length - 1)} more` : '';
  const empty = reply.body.byteLength === 0;
  const summary = empty
    ? `The listing for ${exchange.request.name} is empty. It should name "${first}"${others}.`
    : `The listing for ${exchange.request.name} does not name "${first}"${others}.`;
  const note = noteOn(first);
  throw failure('not-listed', summary, {
    exchange,
    ...(note !== undefined && { note: `About "${first}": ${note}` }),
    offset: exchange.reply.bodyStart ?? 0,
    caption: 'the listing begins here',
    expected: { label: 'the names in that folder', bytes: Buffer.from(names.join('\n')) },
  });
}

/** Expects a listing to show none of these names. */
export function expectNotNames({ page, at, exchange }: Listing, names: readonly string[]): void {
  const [first] = names.filter((name) => showsName(page, name, at));
  if (first === undefined) return;
  throw failure(
    'listed-too-much',
    `The listing for ${exchange.request.name} names "${first}", which is not in that folder.`,
    {
      exchange,
      offset: Math.max(exchange.reply.bodyStart ?? 0, exchange.received.lastIndexOf(first)),
      length: first.length,
      caption: 'this is not in that folder',
    },
  );
}
