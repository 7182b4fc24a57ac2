import {
  check,
  expectFolder,
  expectNotNames,
  expectReply,
  expectReturned,
  expectThrew,
  explained,
  failure,
  getListing,
  listensWhereTold,
  readPage,
  replyFromValue,
  rfc,
  showsName,
  stage,
  text,
  valueBytes,
  type CheckContext,
  type Exchange,
} from '../../../grader/lab/index.ts';
import { plantFiles } from '../planted.ts';

function namesIn({ web }: CheckContext, folder = ''): string[] {
  return web.entries(folder).map(({ name }) => name);
}

const listsRoot = check('lists-root', 'lists web/ for GET /', {
  points: 6,
  spec: rfc(9110, '9.3.1', 'GET'),
  hints: [
    'Which names should a visitor of / see?',
    'The URI / stands for the folder web/. Read what is in it on each request.',
    'readdirSync(join(root, uri)), or os.listdir, and put the names into the body of a 200.',
  ],
  run: async (context) => {
    expectFolder(await getListing(context.server, '/'), context);
  },
});

const listsSubdirectory = check('lists-subdirectory', 'lists the folders in web/ too', {
  points: 4,
  spec: rfc(9110, '4.2.1', 'http URI Scheme'),
  hints: [
    'What does your server do with a path of more than one part?',
    'A URI names a place below web/: /images/ is web/images.',
    'Join the folder web/ and the path of the URI, and list what is there.',
  ],
  run: async (context) => {
    const folders = context.web.entries().filter(({ kind }) => kind === 'folder');
    const listings = [];
    for (const { name } of folders) {
      const path = `/${encodeURIComponent(name)}`;
      const listing = await explained(
        async () => {
          const found = await getListing(context.server, `${path}/`);
          expectFolder(found, context, name);
          return found;
        },
        async () => {
          const bare = await context.server.get(path);
          return bare.reply.statusLine?.status === 200
            ? `GET ${path}, without the slash at its end, is answered with 200.`
            : undefined;
        },
      );
      listings.push({ name, listing });
    }
    return listings;
  },
});

const notTheRest = check('not-the-rest', 'lists a folder without what lies above it', {
  points: 2,
  after: listsSubdirectory,
  spec: rfc(9110, '4.2.1', 'http URI Scheme'),
  hints: [
    'Which names does /images/ show that are not in that folder?',
    'A listing shows what is in the folder itself, and nothing of the folder above.',
    'List join(root, path) alone: neither the root besides, nor everything below it.',
  ],
  run: (context, listings) => {
    const files = context.web.entries().filter(({ kind }) => kind === 'file');
    for (const { name, listing } of listings) {
      const own = namesIn(context, name);
      const others = files.filter((file) => !own.includes(file.name));
      expectNotNames(
        listing,
        others.map((file) => file.name),
      );
    }
  },
});

/** What GET / should show is for the first check to say; here it has to be the same as before. */
async function expectAsBefore(
  { server }: CheckContext,
  before: Exchange,
  between: string,
): Promise<void> {
  const { name, bytes } = server.request('GET', '/');
  const after = await server.send({ name: `${name} after ${between}`, bytes });
  const status = before.reply.statusLine?.status;
  expectReply(after, status === undefined ? {} : { status });
}

const survivesFile = check('survives-file', 'goes on after a request for a file', {
  points: 2,
  spec: rfc(9110, '15.6.2', '501 Not Implemented'),
  hints: [
    'What does resolveUri do with the URI of a file, and who catches it?',
    'It throws, as files come only in the next stage. The server has to go on all the same.',
    'Catch the error where you answer, and send 501 Not Implemented.',
  ],
  knows: ['crashed', 'refused', 'silent', 'closed-empty', 'connection-reset'],
  run: async (context) => {
    const [file = 'sample.txt'] = context.web.files();
    const before = await context.server.get('/');
    await context.server.get(`/${file.split('/').map(encodeURIComponent).join('/')}`);
    await expectAsBefore(context, before, 'the one for a file');
  },
});

const survivesMissing = check('survives-missing', 'goes on after a request for nothing', {
  points: 3,
  spec: rfc(9110, '15.5.5', '404 Not Found'),
  hints: [
    'What does your server answer where there is no such name?',
    'It must not be a 200, and it must not be the end of the program.',
    'Catch what resolveUri throws, and answer with an error status.',
  ],
  knows: ['crashed', 'refused', 'silent', 'closed-empty', 'connection-reset'],
  run: async (context) => {
    const { server, random } = context;
    const before = await server.get('/');
    const exchange = await server.get(`/nothing-here-${random.word()}`);
    if (exchange.reply.statusLine?.status === 200) {
      throw failure('wrong-status', 'A name that does not exist is answered with status 200.', {
        exchange,
        offset: exchange.received.indexOf(' ') + 1,
        length: 3,
        caption: 'an error status such as 404 was expected',
      });
    }
    await expectAsBefore(context, before, 'the one for a missing name');
  },
});

/** The listing alone, or the body of a whole response around it: both are right. */
function listingOf(value: ReturnType<typeof expectReturned>): Buffer {
  const bytes = valueBytes(value);
  if (!bytes.subarray(0, 5).equals(Buffer.from('HTTP/'))) return bytes;
  return replyFromValue(value, 'resolveUri("/")').reply.body ?? bytes;
}

const resolveUri = check('resolve-uri', 'has a function resolveUri that lists, and throws', {
  points: 2,
  needs: ['functions'],
  spec: rfc(9110, '4.2.1', 'http URI Scheme'),
  hints: [
    'What does your function give back for "/", and what for a name that is not there?',
    'A folder gives its listing. A file (for now) and a missing name make it throw.',
    'export function resolveUri(uri) { ... }, with the folder web/ found from your own file.',
  ],
  run: async (context) => {
    const { call, random } = context;
    const [file = 'sample.txt'] = context.web.files();
    const uris = ['/', `/${file}`, `/${random.word()}`];
    const outcomes = await call(
      'resolveUri',
      uris.map((uri) => [text(uri)]),
    );
    const [root, ...others] = outcomes;
    const value = expectReturned(root, 'resolveUri("/")');
    const body = listingOf(value);
    const at = new URL('http://localhost/');
    // A pair, or a list, comes as its language writes it, and that writes a line end as \\n.
    const lines = value.type === 'other' ? value.value.replaceAll(/\\[rnt]/g, '\n') : body;
    const page = readPage(Buffer.from(lines), at);
    const missing = namesIn(context).find((name) => !showsName(page, name, at));
    if (missing !== undefined) {
      throw failure('not-listed', `What resolveUri("/") returned does not name "${missing}".`, {
        received: { label: 'what resolveUri("/") returned', bytes: body },
      });
    }
    for (const [index, outcome] of others.entries()) {
      expectThrew(outcome, `resolveUri("${uris[index + 1] ?? ''}")`);
    }
  },
});

const notFound = check('not-found', 'answers 404 where there is nothing', {
  points: 3,
  bonus: true,
  spec: rfc(9110, '15.5.5', '404 Not Found'),
  hints: [
    'Which status does every visitor of the web know?',
    'It needs a whole response like any other: status line, headers, a body for people to read.',
    'Write notFoundResponse(), and send it where resolveUri throws for a missing name.',
  ],
  knows: ['crashed', 'silent', 'closed-empty', 'truncated'],
  run: async ({ server, random }) => {
    const exchange = await server.get(`/${random.word()}/${random.word()}.html`);
    const { body } = expectReply(exchange, { status: 404 });
    if (body.byteLength > 0) return;
    throw failure('truncated', 'The 404 has no body: a visitor sees an empty page.', { exchange });
  },
});

export default stage('http_serve4', 'lists directories', {
  serves: ['web'],
  plant: plantFiles,
  checks: [
    listensWhereTold,
    listsRoot,
    listsSubdirectory,
    notTheRest,
    survivesFile,
    survivesMissing,
    resolveUri,
    notFound,
  ],
});
