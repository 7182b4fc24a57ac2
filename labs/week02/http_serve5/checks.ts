import {
  check,
  expectAnswered,
  expectBody,
  expectFolder,
  expectFiles,
  expectLargeFile,
  expectReply,
  failure,
  getListing,
  listensWhereTold,
  rfc,
  stage,
  type CheckContext,
  type ServedFile,
} from '../../../grader/lab/index.ts';
import { plantFilesAndALargeOne, uriOf } from '../planted.ts';

/** The lab's own file with each of these extensions; where it is gone, another one. */
function givenFiles({ web, originOf }: CheckContext, extensions: readonly string[]): string[] {
  const files = web.files();
  return extensions.map((extension) => {
    const fitting = files.filter((path) => path.endsWith(extension));
    const path = fitting.find((each) => originOf(each) === 'lab') ?? fitting[0];
    if (path === undefined) throw new Error(`the web folder has no ${extension} file`);
    return path;
  });
}

function fileCheck(
  id: string,
  type: string,
  { extensions, hint }: { extensions: string[]; hint: string },
) {
  return check(id, `serves ${extensions.join(' and ')} files as ${type}`, {
    points: 4,
    spec: rfc(9110, '8.3.1', 'Media Type'),
    hints: [
      'Are the bytes wrong, or is it the type? The report tells them apart.',
      'Read a file as bytes, send it as bytes, and choose the type by the end of its name.',
      hint,
    ],
    knows: ['missing-header', 'wrong-header'],
    run: async (context) => {
      const paths = givenFiles(context, extensions);
      await expectFiles(
        context,
        paths.map((path): ServedFile => ({ path, type })),
      );
    },
  });
}

const html = fileCheck('html', 'text/html', {
  extensions: ['.html'],
  hint: 'Content-Type: text/html; charset=utf-8, and the bytes of the file behind the blank line.',
});

const plainText = fileCheck('text', 'text/plain', {
  extensions: ['.txt'],
  hint: 'Content-Type: text/plain; charset=utf-8. Leave the line ends of the file as they are.',
});

const jpeg = fileCheck('jpeg', 'image/jpeg', {
  extensions: ['.jpg', '.jpeg'],
  hint: 'Both .jpg and .jpeg are image/jpeg. Never turn the bytes of an image into a string.',
});

const png = fileCheck('png', 'image/png', {
  extensions: ['.png'],
  hint: 'Content-Type: image/png. Read without an encoding: readFileSync(path), or open(path, "rb").',
});

const plantedFile = check('planted-file', 'serves files that it cannot know beforehand', {
  points: 2,
  needs: ['planted-files'],
  spec: rfc(9110, '9.3.1', 'GET'),
  hints: [
    'Which files can your server serve: those that it knows, or those that are there?',
    'Look at the disk on each request, also below the folders in web/.',
    'Join web/ and the path of the URI; choose the type by the extension, not by the name.',
  ],
  run: async (context) => {
    const files = [
      { path: context.planted('text').path, type: 'text/plain' },
      { path: context.planted('png').path, type: 'image/png' },
    ];
    await expectFiles(
      context,
      files.map(({ path, type }) => ({ path: path.replace(/^web\//, ''), type })),
    );
  },
});

const stillLists = check('still-lists', 'still lists folders, and survives what is missing', {
  points: 1,
  spec: rfc(9110, '9.3.1', 'GET'),
  hints: [
    'Did both pass in http_serve4?',
    'A path can name a folder, a file, or nothing: three answers.',
    'Ask the disk what it is (statSync, os.path.isdir) before you choose the answer.',
  ],
  run: async (context) => {
    const { server, random } = context;
    const missing = await server.get(`/nothing-here-${random.word()}`);
    if (missing.reply.statusLine?.status === 200) {
      throw failure('wrong-status', 'A name that does not exist is answered with status 200.', {
        exchange: missing,
        offset: missing.received.indexOf(' ') + 1,
        length: 3,
        caption: 'an error status such as 404 was expected',
      });
    }
    expectFolder(await getListing(server, '/'), context);
  },
});

const staysInside = check('stays-inside', 'never shows a file outside web/', {
  points: 2,
  bonus: true,
  needs: ['planted-files'],
  spec: rfc(9110, '17.3', 'Attacks Based on File and Path Names'),
  hints: [
    'What does ".." mean in a path, and can it be written in another way?',
    'Decode the path first, make it absolute, and only then ask whether it is below web/.',
    'realpath(join(root, path)) must be root itself or begin with root and a slash; else 404.',
  ],
  run: async ({ server, planted, folder }) => {
    // One that answers nothing shows nothing either.
    const inside = await server.get('/sample.txt');
    if (inside.received.byteLength === 0) expectReply(inside);
    const secret = planted('secret');
    for (const uri of aimAt(secret.path, folder)) {
      const exchange = await server.get(uri);
      if (exchange.ending === 'refused') expectReply(exchange);
      const at = exchange.received.indexOf(secret.bytes.subarray(0, 24));
      if (at === -1) continue;
      throw failure('escaped-web-root', `GET ${uri} shows a file that lies beside web/.`, {
        exchange,
        offset: at,
        length: 24,
        caption: 'this is in no file of web/',
      });
    }
  },
});

/** The ways out of web/ that servers have been caught by. */
function aimAt(name: string, folder: string): string[] {
  const absolute = folder.split('\\').join('/');
  return [
    `/../${name}`,
    `/%2e%2e/${name}`,
    `/images/../../${name}`,
    `/images/%2e%2e/%2E%2E/${name}`,
    `//../${name}`,
    `//${name}`,
    `/..//${name}`,
    `/....//${name}`,
    `${absolute}/${name}`,
    `/${absolute}/${name}`,
    `/..\\${name}`,
    `/..%5c${name}`,
    `/..%2f${name}`,
    `/%2e%2e%2f${name}`,
  ];
}

const decodesNames = check('decodes-names', 'decodes %20 in names', {
  points: 1,
  bonus: true,
  needs: ['planted-files'],
  spec: rfc(3986, '2.1', 'Percent-Encoding'),
  hints: [
    'How does a space travel in a URI?',
    'A URI has no spaces: each is written as %20, and other characters likewise.',
    'decodeURIComponent(path), or urllib.parse.unquote(path), before you look at the disk.',
  ],
  run: async ({ server, planted, web }) => {
    const file = planted('spaced');
    const exchange = await server.get(uriOf(file));
    const { body } = expectReply(exchange, { status: 200 }, file);
    const others = () => web.files().map((name) => ({ name, bytes: web.read(name) }));
    expectBody(body, { name: file.path, bytes: file.bytes, others }, exchange);
  },
});

const largeFile = check('large-file', 'sends 8 MiB to a reader that rests', {
  points: 1,
  bonus: true,
  needs: ['planted-files'],
  spec: rfc(9112, '6.3', 'Message Body Length'),
  hints: [
    'What happens to the bytes that the system cannot take at once?',
    'A slow reader fills all buffers. Do not end the connection before everything is written.',
    'socket.end(bytes) waits; socket.destroy() does not. In Python use sendall, not send.',
  ],
  knows: ['truncated', 'closed-in-body', 'connection-reset', 'never-ends'],
  run: async ({ server, planted }) => {
    const file = planted('large');
    const exchange = await server.get(uriOf(file), {
      restMs: 40,
      withinMs: 15_000,
      expected: file,
    });
    expectLargeFile(expectReply(exchange, { status: 200 }, file), file);
  },
});

const manyClients = check('many-clients', 'answers eight at once while another says nothing', {
  points: 2,
  bonus: true,
  spec: rfc(9112, '9.4', 'Concurrency'),
  hints: [
    'What does your server do while it waits for a client that says nothing?',
    'One client must not keep all others waiting: serve each connection on its own.',
    'In Node never block in a handler. In Python start a thread for each connection.',
  ],
  knows: ['refused', 'silent', 'connection-reset'],
  run: async (context) => {
    const { server } = context;
    const [path = ''] = givenFiles(context, ['.txt']);
    const uri = uriOf({ path: `web/${path}` });
    const silent = await server.connect();
    if (!silent.open) expectReply(await server.get(uri));
    const eight = Array.from({ length: 8 }, () => server.get(uri));
    // What the file should be is for other checks to say.
    for (const exchange of await Promise.all(eight)) expectAnswered(exchange);
    await silent.close();
    expectAnswered(await server.get(uri));
  },
});

export default stage('http_serve5', 'serves files, each with its type', {
  serves: ['web'],
  plant: plantFilesAndALargeOne,
  checks: [
    listensWhereTold,
    html,
    plainText,
    jpeg,
    png,
    plantedFile,
    stillLists,
    staysInside,
    decodesNames,
    largeFile,
    manyClients,
  ],
});
