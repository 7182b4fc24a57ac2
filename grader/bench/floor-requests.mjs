// What the checks of week02 ask, as plain bytes: one list for each stage, in the order of its
// checks.ts. Sixty-one connections in all, and nine calls in four processes.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const PAGE = '<p>naïve café, 東京</p>\n';
const GARBAGE = 'hello out there\r\n\r\n';

/** The calls of functions, by stage: one process for each. */
export const CALLS = {
  http_serve2: [{ name: 'okResponse', calls: [[PAGE], [PAGE]] }],
  http_serve3: [
    { name: 'parseRequest', calls: [['GET /a/b.html HTTP/1.1\r\nHost: localhost\r\n\r\n']] },
    {
      name: 'parseRequest',
      calls: ['POST / HTTP/1.1', 'GET / SMTP/1.0', 'GET /'].map((line) => [
        `${line}\r\nHost: localhost\r\n\r\n`,
      ]),
    },
  ],
  http_serve4: [{ name: 'resolveUri', calls: [['/'], ['/sample.txt'], ['/nothing']] }],
};

/** The conversations with the servers, by stage. */
export const CONVERSATIONS = {
  echo_server: async ({ port }) => {
    await echo(port, 'hello, echo\r\n');
    await echo(port, requestFor('GET', '/a/page.html'));
    await leave(port, '');
    await echo(port, 'next, please\r\n');
  },
  http_serve1: async ({ port }) => {
    for (const uri of ['/', '/', '/again']) await get(port, uri);
  },
  http_serve2: async ({ port }) => {
    await get(port, '/');
    // The real client's, as undici sends it.
    await ask(port, `GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: keep-alive\r\n\r\n`);
  },
  http_serve3: async ({ port }) => {
    await get(port, '/');
    await get(port, '/somewhere/page?x=something');
    await ask(port, requestFor('POST', '/', 'name=someone&colour=blue'));
    await get(port, '/');
    await ask(port, GARBAGE);
    await leave(port, 'GET /hal');
    await get(port, '/');
    await askInPieces(port, requestFor('GET', '/'));
    await ask(port, requestFor('POST', '/', 'name=value'));
    await ask(port, GARBAGE);
  },
  http_serve4: async ({ port, planted }) => {
    const folder = planted.png.split('/')[1];
    const uris = ['/', '/images/', `/${folder}/`, '/sample.txt', '/', '/nothing-here', '/', '/a/b'];
    for (const uri of uris) await get(port, uri);
  },
  http_serve5: async ({ port, planted, folder }) => {
    const files = [
      ...['/a_web_page.html', '/sample.txt', '/images/lighthouse.jpg', '/images/mountains.jpeg'],
      ...['/images/birds_on_a_wire.png', uriOf(planted.text), uriOf(planted.png)],
      ...['/nothing-here', '/', ...waysOut(planted.secret, folder), uriOf(planted.spaced)],
    ];
    for (const uri of files) await get(port, uri);
    await ask(port, requestFor('GET', uriOf(planted.large)), { restMs: 40 });
    const silent = await open(port);
    await Promise.all(Array.from({ length: 8 }, () => get(port, '/sample.txt')));
    await close(silent);
  },
};

/** The ways out of web/ of the check stays-inside. */
function waysOut(name, folder) {
  const within = ['/../', '/%2e%2e/', '/images/../../', '/images/%2e%2e/%2E%2E/', '//../', '//'];
  const others = ['/..//', '/....//', `${folder}/`, `/${folder}/`, '/..\\', '/..%5c', '/..%2f'];
  return [...within, ...others, '/%2e%2e%2f'].map((way) => `${way}${name}`);
}

function uriOf(path) {
  return path.replace(/^web/, '').split('/').map(encodeURIComponent).join('/');
}

/** A request with the headers of an ordinary browser. */
function requestFor(method, uri, body) {
  const form = [
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body?.length}`,
  ];
  const lines = [
    `${method} ${uri} HTTP/1.1`,
    'Host: localhost:18000',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/png,image/jpeg,*/*;q=0.8',
    'Accept-Language: en-US,en;q=0.5',
    'Accept-Encoding: identity',
    'Connection: keep-alive',
    'Upgrade-Insecure-Requests: 1',
    'Sec-Fetch-Dest: document',
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-Site: none',
    'Sec-Fetch-User: ?1',
    ...(body === undefined ? [] : form),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

async function get(port, uri) {
  await ask(port, requestFor('GET', uri));
}

/** Sends a request whole, and reads the reply until the server ends the connection. */
async function ask(port, request, { restMs } = {}) {
  const socket = await open(port);
  if (restMs !== undefined) {
    socket.once('data', () => {
      socket.pause();
      void pause(restMs).then(() => socket.resume());
    });
  }
  socket.write(request);
  await close(socket, once(socket, 'end'));
}

/** Sends a request in the six pieces of the check split-request, 20 ms apart. */
async function askInPieces(port, request) {
  const socket = await open(port);
  const ended = once(socket, 'end');
  const ends = [3, 11, request.indexOf('\r\n') + 1, 150, request.length - 2, request.length];
  for (const [index, end] of ends.entries()) {
    if (index > 0) await pause(20);
    socket.write(request.slice(ends[index - 1] ?? 0, end));
  }
  await close(socket, ended);
}

/** Sends bytes, and reads until as many have come back. */
async function echo(port, text) {
  const socket = await open(port);
  let missing = text.length;
  const all = new Promise((resolve) => {
    socket.on('data', (bytes) => {
      missing -= bytes.byteLength;
      if (missing <= 0) resolve();
    });
  });
  socket.write(text);
  await close(socket, all);
}

/** Sends what there is to send, and leaves. */
async function leave(port, text) {
  const socket = await open(port);
  if (text !== '') socket.write(text);
  await close(socket);
}

async function open(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  await once(socket, 'connect');
  return socket.resume();
}

/** Waits until all was read that is wanted, and closes the connection from both ends. */
async function close(socket, read = Promise.resolve()) {
  const closed = once(socket, 'close');
  await read;
  socket.end();
  await closed;
}
