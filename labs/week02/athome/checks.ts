import {
  check,
  decodePercent,
  expectBody,
  expectCurrentTime,
  expectFolder,
  expectReply,
  expectType,
  failure,
  follow,
  getListing,
  isSameServer,
  linksTo,
  listensWhereTold,
  readPage,
  readTimes,
  rfc,
  stage,
  standsStill,
  type CheckContext,
  type CheckFailure,
  type Listing,
} from '../../../grader/lab/index.ts';
import { plantFiles } from '../planted.ts';

const FOLDERS = [
  { uri: '/', folder: '' },
  { uri: '/images/', folder: 'images' },
];

const htmlListing = check('html-listing', 'lists in HTML, with a link for every entry', {
  points: 4,
  spec: rfc(9110, '8.3', 'Content-Type'),
  hints: [
    'What makes a name on a page something that a visitor can click?',
    'Each entry becomes <a href="...">name</a>, and the page says that it is text/html.',
    'Escape the name for HTML, and encode it for the URI: a space is %20 in an href.',
  ],
  knows: ['missing-header', 'wrong-header'],
  run: async (context) => {
    const listings: Listing[] = [];
    for (const { uri, folder } of FOLDERS) {
      const listing = await getListing(context.server, uri);
      expectType({ ...listing.reply, exchange: listing.exchange }, 'text/html');
      expectHtml(listing);
      expectFolder(listing, context, folder);
      expectLinks(
        listing,
        context.web.entries(folder).map(({ name }) => name),
      );
      listings.push(listing);
    }
    return listings;
  },
});

function expectHtml({ page, exchange }: Listing): void {
  if (page.isHtml) return;
  throw failure('not-html', `The listing for ${exchange.request.name} holds no HTML element.`, {
    exchange,
    offset: exchange.reply.bodyStart ?? 0,
    caption: 'HTML was expected here',
  });
}

function expectLinks({ page, at, exchange }: Listing, names: readonly string[]): void {
  const start = exchange.reply.bodyStart ?? 0;
  const unlinked = names.find((name) => linksTo(page, name, at).length === 0);
  if (unlinked === undefined) return;
  throw failure('not-listed', `The listing names "${unlinked}", but no link leads to it.`, {
    exchange,
    offset: Math.max(start, exchange.received.lastIndexOf(unlinked)),
    length: unlinked.length,
    caption: `a link to ${at.pathname}${encodeURIComponent(unlinked)} was expected`,
  });
}

const linksWork = check('links-work', 'has links that lead where they say', {
  points: 4,
  after: htmlListing,
  spec: rfc(3986, '5.2', 'Relative Resolution'),
  hints: [
    'Where does a browser go when you click each link on the page for /images/?',
    'A link is resolved against the address of the page that it stands on.',
    'Write links from the root, "/images/cat.jpg", or relative ones on a page that ends in a slash.',
  ],
  run: async (context, listings) => {
    const links = listings.flatMap(({ page, at }) =>
      page.links.filter(({ url }) => isSameServer(url, at)),
    );
    const paths = new Map(links.map(({ url, href }) => [`${url.pathname}${url.search}`, href]));
    const answered: string[] = [];
    for (const [path, href] of paths) {
      await followLink(path, { href, answered }, context);
      answered.push(`"${href}"`);
    }
  },
});

/** @param answered the links that were followed before it */
async function followLink(
  path: string,
  { href, answered }: { readonly href: string; readonly answered: readonly string[] },
  context: CheckContext,
): Promise<void> {
  const { server, web } = context;
  const { exchange, at } = await follow(server, path);
  // What a query asks for is the program's own business.
  const name = path.includes('?') ? undefined : nameOf(path);
  const isFile = name !== undefined && web.files().includes(name);
  const status = exchange.reply.statusLine?.status ?? 0;
  if (status >= 400) {
    const though = isFile ? `, though web/${name} is there` : '';
    const others = `Other links are answered: ${answered.slice(-5).join(', ')}.`;
    throw failure(
      'broken-link',
      `The link "${href}" leads to ${at.pathname}${at.search}, which answers ${String(status)}${though}.`,
      {
        exchange,
        offset: exchange.received.indexOf(' ') + 1,
        length: 3,
        caption: '200 was expected',
        ...(answered.length > 0 && { note: others }),
      },
    );
  }
  if (isFile) {
    const bytes = web.read(name);
    const { body } = expectReply(exchange, { status: 200 }, { bytes });
    expectBody(body, { name, bytes }, exchange);
  } else if (name === '' || (name !== undefined && web.folders().includes(name))) {
    expectFolder(await getListing(server, path), context, name);
  } else {
    expectReply(exchange, { status: 200 });
  }
}

/** What a path names in web/, where it names something at all. */
function nameOf(path: string): string {
  return decodePercent(path)
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^\/|\/$/g, '');
}

const timePage = check('time-page', 'tells the time of each request at /time-page', {
  points: 3,
  waits: true,
  spec: rfc(9110, '9.3.1', 'GET'),
  hints: [
    'When does your program look at the clock?',
    'The page has to be made anew for each request, with the time of that moment.',
    'Make the page inside the function that answers: new Date().toString(), or time.ctime().',
  ],
  run: async (context) => {
    const first = await getTime(context);
    await untilNextSecond(context);
    let last = await getTime(context);
    if (standsStill(first.times, last.times)) {
      // A clock that rounds may show two moments alike; more than a whole second later it cannot.
      await untilNextSecond(context);
      last = await getTime(context);
    }
    if (standsStill(first.times, last.times)) throw staleTime(last);
    for (const { text, within, exchange } of [first, last]) {
      expectCurrentTime(text, within, exchange);
    }
  },
});

function staleTime({ times, exchange }: Awaited<ReturnType<typeof getTime>>): CheckFailure {
  const shown = times[0]?.text ?? '';
  return failure('stale-time', `/time-page still shows ${shown}, more than a second later.`, {
    exchange,
    offset: Math.max(0, exchange.received.lastIndexOf(shown)),
    length: shown.length,
    caption: 'a later time was expected here',
  });
}

/**
 * Reads what the page shows. Whether that is the time now is judged once the clock is known to go:
 * one that stands still is wrong as well, as soon as a machine is slow.
 */
async function getTime({ server, now }: CheckContext) {
  const from = now();
  const exchange = await server.get('/time-page');
  const { body } = expectReply(exchange, { status: 200, type: 'text/html' });
  const page = readPage(body, new URL('http://localhost/time-page'));
  const within = { from, to: now() };
  return { exchange, within, text: page.text, times: readTimes(page.text, within) };
}

/** The one wait that is real: nothing but the clock can show that a clock moves on. */
async function untilNextSecond({ now, rest }: CheckContext): Promise<void> {
  await rest(1005 - now().getMilliseconds());
}

const ownTextFile = check('own-text-file', "serves a text file of the student's own", {
  points: 3,
  spec: rfc(9110, '9.3.1', 'GET'),
  hints: [
    'What did you do in this lab? Tell it in a file.',
    'Make a new .txt file at the top of the web/ folder of athome, and write a few words into it.',
    'athome/web/about_me.txt, for example: new, not empty, and there when you ask for /about_me.txt.',
  ],
  run: async ({ server, web, originOf }) => {
    const all = web.files().filter((path) => /^[^/]+\.txt$/i.test(path));
    const texts = all.filter((path) => originOf(path) === 'submission');
    const [own] = texts.filter((path) => web.read(path).toString('latin1').trim() !== '');
    if (own === undefined) {
      const given = all.filter((path) => originOf(path) === 'lab').join(', ');
      const others = given === '' ? '' : ` ${given} came with the lab, and counts for nobody.`;
      const there =
        texts.length > 0 ? `${texts.join(', ')} is empty.` : `There is none yet.${others}`;
      throw failure('no-own-file', `athome/web/ needs a text file of your own. ${there}`);
    }
    const bytes = web.read(own);
    const exchange = await server.get(`/${encodeURIComponent(own)}`);
    const { body } = expectReply(exchange, { status: 200 }, { bytes });
    expectBody(body, { name: own, bytes }, exchange);
  },
});

export default stage('athome', 'the finished server', {
  folder: 'athome',
  serves: ['athome/web'],
  plant: plantFiles,
  checks: [listensWhereTold, htmlListing, linksWork, timePage, ownTextFile],
});
