// athome: the finished server, with listings to click through and a page that tells the time.
//
// It grows out of your http_serve5: `npm run next week02` copies that over this file. It serves
// the web/ folder beside it, which is yours: put a text file about your work at its top.

// #solution Serve ./web now, and let resolveUri return directory listings as HTML: a link for each
// #solution   name, which leads there when it is clicked, whatever characters the name is made of.
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { basename, extname, join, relative, sep } from 'node:path';

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT ?? process.argv[2] ?? 50000);
const WEB_ROOT = join(import.meta.dirname, 'web');
const HTML = 'text/html; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.gif', 'image/gif'],
  ['.html', HTML],
  ['.ico', 'image/vnd.microsoft.icon'],
  ['.jpeg', 'image/jpeg'],
  ['.jpg', 'image/jpeg'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.pdf', 'application/pdf'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', TEXT],
]);
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

/**
 * Returns the whole response for what a URI names: a file as it is, a directory as a page of links,
 * /time-page as the time. Throws NotFound where nothing has that name, a ClientError where the URI
 * is malformed.
 */
export function resolveUri(uri: string): Buffer {
  const path = decodePath(uri);
  if (path === '/time-page') return okResponse(renderTimePage(new Date()));
  const target = findTarget(path);
  const stats = statSync(target);
  if (stats.isDirectory()) return okResponse(renderListing(target));
  // What is neither, a named pipe for one, might never end.
  if (!stats.isFile()) throw new NotFound(`${uri} is no file`);
  return okResponse(readFileSync(target), findMediaType(target));
}

/** Returns the media type that a file's extension stands for (RFC 9110, 8.3). */
function findMediaType(path: string): string {
  return MEDIA_TYPES.get(extname(path).toLowerCase()) ?? 'application/octet-stream';
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

/** Renders a directory as a page that links to everything in it, and to the one above. */
function renderListing(directory: string): string {
  const parents = relative(realpathSync(WEB_ROOT), directory).split(sep).filter(Boolean);
  const entries = readdirSync(directory, { withFileTypes: true });
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  const links = names.sort().map((name) => renderLink([...parents, name].join('/'), name));
  if (parents.length > 0) links.unshift(renderLink(parents.slice(0, -1).join('/'), '..'));
  return renderPage(`Index of /${parents.join('/')}`, `<ul>\n${links.join('')}</ul>\n`);
}

/** Renders one line of a listing. The path starts at web/, so that its link works from any page. */
function renderLink(path: string, name: string): string {
  const href = path.split('/').map(encodeURIComponent).join('/');
  return `<li><a href="/${href}">${escapeHtml(name)}</a></li>\n`;
}
// #end

// #solution Let resolveUri answer /time-page, which names no file, with an HTML page that tells the
// #solution   time at which it is asked for.
/** Renders the page that tells what time it is. */
function renderTimePage(now: Date): string {
  const time = `<time datetime="${now.toISOString()}">${now.toUTCString()}</time>`;
  return renderPage('The time', `<p>It is ${time}.</p>\n`);
}

/** Renders an HTML page. The title is text, the content is HTML. */
function renderPage(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
<h1>${escapeHtml(title)}</h1>
${content}</body>
</html>
`;
}

/** Returns HTML that shows a text as it is, in an element or between quotation marks. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

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
