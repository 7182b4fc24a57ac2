// http_serve5 in a cluster: the first process hands the connections to two others.
//
// Differs: who answers is any of two processes. Files flow from the disk into the connection.
import cluster from 'node:cluster';
import { constants, createReadStream } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { extname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../web', import.meta.url));
const TYPES = { html: 'text/html', txt: 'text/plain', jpg: 'image/jpeg', png: 'image/png' };
TYPES.jpeg = TYPES.jpg;

function head(status, type, length) {
  const size = length === undefined ? '' : `Content-Length: ${length}\r\n`;
  return `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\n${size}Connection: close\r\n\r\n`;
}

function error(status) {
  return { head: head(status, TYPES.txt, status.length), body: Readable.from([status]) };
}

export function parseRequest(request) {
  const [, uri] = /^GET (\S+) HTTP\/1\.\d\r?\n/.exec(request) ?? [];
  if (!uri) throw new TypeError('not a GET of HTTP/1.x');
  return uri;
}

async function resolve(uri) {
  const root = await realpath(ROOT);
  const path = await realpath(join(root, decodeURIComponent(uri.split('?')[0])));
  if (path !== root && !path.startsWith(root + sep)) throw new RangeError('outside');
  const { size, mode } = await stat(path);
  if ((mode & constants.S_IFMT) !== constants.S_IFDIR) {
    const type = TYPES[extname(path).slice(1).toLowerCase()] ?? 'application/octet-stream';
    return { head: head('200 OK', type, size), body: createReadStream(path) };
  }
  // How long the listing will be is not known yet: the end of the connection tells.
  return { head: head('200 OK', TYPES.txt), body: Readable.from(list(path)) };
}

async function* list(folder) {
  for await (const entry of await opendir(folder)) {
    yield `- ${entry.name}${entry.isDirectory() ? sep : ''}\n`;
  }
}

async function answer(request) {
  try {
    const uri = parseRequest(request);
    console.log(`${process.pid}: ${uri}`);
    return await resolve(uri).catch(() => error('404 Not Found'));
  } catch {
    return error('400 Bad Request');
  }
}

function serve(socket) {
  let request = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', async function read(chunk) {
    request += chunk;
    if (!request.includes('\r\n\r\n')) return;
    socket.off('data', read).resume();
    const { head, body } = await answer(request);
    socket.write(head);
    await pipeline(body, socket).catch(() => socket.destroy());
  });
}

if (cluster.isPrimary && process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const _ of ['one', 'two']) cluster.fork();
  cluster.on('exit', (_, code) => code && cluster.fork());
} else if (cluster.isWorker) {
  createServer(serve).listen(process.env.PORT ?? process.argv[2]);
}
