// http_serve4: answers with the listing of the directory that the URI names, inside web/.
//
// It grows out of your http_serve3: `npm run next week02` copies that over this file.

// #solution Write and export resolveUri(uri: string): Buffer.
// #solution   It takes the URI that parseRequest returns and looks it up below ../web. A directory
// #solution   gives the whole 200 response that lists the names in it, as plain text. It throws an
// #solution   Error for a file (not implemented yet) and another for a name that is not there.
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { basename, join, sep } from 'node:path';

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT ?? process.argv[2] ?? 50000);
const WEB_ROOT = join(import.meta.dirname, '../web');
const HTML = 'text/html; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';
const REQUEST_LINE = /^(\S+) ([^\s\p{Cc}]+) HTTP\/1\.\d$/u;
const MAX_HEAD_BYTES = 16 * 1024;
const MAX_IDLE_MS = 30_000;

type ClientErrorStatus =
  '400 Bad Request' | '405 Method Not Allowed' | '431 Request Header Fields Too Large';

/** A request that the client got wrong, and the status that tells it so. */
class ClientError extends Error {
  readonly status: ClientErrorStatus;

  constructor(status: ClientErrorStatus, options?: ErrorOptions) {
    super(status, options);
    this.status = status;
  }
}

/** A URI that names nothing inside web/. */
class NotFound extends Error {}

/** A URI that names something this server cannot answer with yet. */
class NotImplemented extends Error {}

/**
 * Returns the whole response for the directory that a URI names: the list of what is in it.
 * Throws NotFound where nothing has that name, NotImplemented where a file has it, and a
 * ClientError where the URI itself is malformed.
 */
export function resolveUri(uri: string): Buffer {
  const target = findTarget(decodePath(uri));
  if (!statSync(target).isDirectory()) throw new NotImplemented(`${uri} is a file`);
  return okResponse(renderListing(target), TEXT);
}

/** Returns the path that a URI stands for: no host, no query, its percent signs decoded. */
function decodePath(uri: string): string {
  // A client may send the whole http://host/path (RFC 9112, 3.2.2).
  const [path = ''] = uri.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/);
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new ClientError('400 Bad Request', { cause });
  }
}

/** Finds a path inside web/. Throws NotFound where there is none, or it leads out of web/. */
function findTarget(path: string): string {
  const root = realpathSync(WEB_ROOT);
  const target = findRealPath(join(root, path));
  // Judged last, when every "..", encoded slash and symbolic link has had its way.
  if (target !== root && !target.startsWith(root + sep)) throw new NotFound(`${path} is outside`);
  return target;
}

function findRealPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new NotFound(`nothing at ${path}`, { cause });
  }
}

/** Lists the names in a directory, one a line, with a slash after those of directories. */
function renderListing(directory: string): string {
  const entries = readdirSync(directory, { withFileTypes: true });
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  return names
    .sort()
    .map((name) => `${name}\n`)
    .join('');
}
// #end

// #solution Bonus: write and export notFoundResponse. It returns the whole 404 response for a URI
// #solution   that names nothing.
/** Returns the whole response for a URI that names nothing. */
export function notFoundResponse(): Buffer {
  return errorResponse('404 Not Found');
}

/** Returns the URI of a GET request (RFC 9112, 3). Throws a ClientError for any other text. */
export function parseRequest(request: string): string {
  const [line = ''] = request.split(/\r?\n/);
  const [, method, uri] = REQUEST_LINE.exec(line) ?? [];
  if (uri === undefined) throw new ClientError('400 Bad Request');
  if (method !== 'GET') throw new ClientError('405 Method Not Allowed');
  return uri;
}

/** Returns the whole response that tells a client what was wrong with its request. */
export function clientErrorResponse(status: ClientErrorStatus = '400 Bad Request'): Buffer {
  // A 405 has to name the methods that would have worked (RFC 9110, 15.5.6).
  return errorResponse(status, status === '405 Method Not Allowed' ? { Allow: 'GET' } : {});
}

/** Returns the whole 200 response around a body of the given media type. */
export function okResponse(body: string | Buffer, mediaType = HTML): Buffer {
  return buildResponse('200 OK', { 'Content-Type': mediaType }, body);
}

/** Returns a whole response that says its own status to whoever reads the page. */
function errorResponse(status: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  return buildResponse(status, { 'Content-Type': HTML, ...headers }, `<h1>${status}</h1>\n`);
}

/** Puts a response together (RFC 9112, 4 to 6): status line, header lines, blank line, body. */
function buildResponse(
  status: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Buffer {
  // Content-Length counts bytes, and a string counts characters: "é" is one of these, two of those.
  const content = Buffer.from(body);
  const head = [
    `HTTP/1.1 ${status}`,
    `Date: ${new Date().toUTCString()}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${content.byteLength}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content]);
}
// #end

// #solution Answer each request with what resolveUri returns for its URI. Whatever resolveUri throws,
// #solution   the client gets an answer (501 for a file, for now), and so does the next one.
/** Reads one client's request, however many pieces it comes in, and answers it once. */
function serve(socket: Socket): void {
  let received: Buffer = Buffer.alloc(0);

  function receive(bytes: Buffer): void {
    received = Buffer.concat([received, bytes]);
    // Line ends before a request are to be overlooked (RFC 9112, 2.2).
    const request = received.toString().replace(/^[\r\n]+/, '');
    if (!isAnswerable(request) && received.byteLength <= MAX_HEAD_BYTES) return;
    socket.off('data', receive);
    // Read on, and drop it: closing on unread bytes would reset the client, and lose the reply.
    socket.resume();
    socket.end(respond(request));
  }

  socket.on('data', receive);
  // A client may break off at any moment. An error that nobody listens for would end the program.
  socket.on('error', (error) => console.error(`lost a client: ${error.message}`));
  socket.setTimeout(MAX_IDLE_MS, () => socket.destroy());
}

/** Tells whether the head is whole, or its first line so wrong that no more need come. */
function isAnswerable(request: string): boolean {
  const [first, ...others] = request.split(/\r?\n/).slice(0, -1);
  return first !== undefined && (!REQUEST_LINE.test(first) || others.includes(''));
}

/** Returns the response to a request, right or wrong. */
function respond(request: string): Buffer {
  try {
    if (!isAnswerable(request)) throw new ClientError('431 Request Header Fields Too Large');
    const uri = parseRequest(request);
    console.log(uri);
    return resolveUri(uri);
  } catch (error) {
    return respondToError(error);
  }
}

/** Returns the response to a request that ended in an error. */
function respondToError(error: unknown): Buffer {
  if (error instanceof ClientError) return clientErrorResponse(error.status);
  if (error instanceof NotFound) return notFoundResponse();
  if (error instanceof NotImplemented) return errorResponse('501 Not Implemented');
  // The fault is ours, so its story is for our console, and not for the client.
  console.error(error);
  return errorResponse('500 Internal Server Error');
}

/** Listens for clients, any number of them at once. */
function start(): void {
  const server = createServer(serve);
  server.listen(PORT, HOST, () => console.log(`listening on http://${HOST}:${PORT}/`));
}

// Run as a program, it listens. Imported for its functions, it must not.
if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();
// #end
