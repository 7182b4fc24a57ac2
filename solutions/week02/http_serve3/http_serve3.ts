// http_serve3: reads the request, and learns from it which URI the client wants.
//
// It grows out of your http_serve2: `npm run next week02` copies that over this file.

// #solution Write and export parseRequest(request: string): string.
// #solution   It takes the text of a request and returns its URI, exactly as the client wrote it.
// #solution   It throws an Error when the method is not GET or the version is not HTTP/1.x.
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { basename, join } from 'node:path';

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT ?? process.argv[2] ?? 50000);
const PAGE = join(import.meta.dirname, '../tiny_html.html');
const HTML = 'text/html; charset=utf-8';
const REQUEST_LINE = /^(\S+) ([^\s\p{Cc}]+) HTTP\/1\.\d$/u;
const MAX_HEAD_BYTES = 16 * 1024;
const MAX_IDLE_MS = 30_000;

type ClientErrorStatus =
  '400 Bad Request' | '405 Method Not Allowed' | '431 Request Header Fields Too Large';

/** A request that the client got wrong, and the status that tells it so. */
class ClientError extends Error {
  readonly status: ClientErrorStatus;

  constructor(status: ClientErrorStatus) {
    super(status);
    this.status = status;
  }
}

/** Returns the URI of a GET request (RFC 9112, 3). Throws a ClientError for any other text. */
export function parseRequest(request: string): string {
  const [line = ''] = request.split(/\r?\n/);
  const [, method, uri] = REQUEST_LINE.exec(line) ?? [];
  if (uri === undefined) throw new ClientError('400 Bad Request');
  if (method !== 'GET') throw new ClientError('405 Method Not Allowed');
  return uri;
}
// #end

// #solution Bonus: write and export clientErrorResponse. It returns the whole response for a request
// #solution   that parseRequest refuses. Which status fits which mistake?
/** Returns the whole response that tells a client what was wrong with its request. */
export function clientErrorResponse(status: ClientErrorStatus = '400 Bad Request'): Buffer {
  // A 405 has to name the methods that would have worked (RFC 9110, 15.5.6).
  return errorResponse(status, status === '405 Method Not Allowed' ? { Allow: 'GET' } : {});
}

/** Returns the whole 200 response around an HTML body. */
export function okResponse(body: string | Buffer): Buffer {
  return buildResponse('200 OK', { 'Content-Type': HTML }, body);
}

/** Returns a whole response that says its own status to whoever reads the page. */
function errorResponse(status: string, headers: Readonly<Record<string, string>>): Buffer {
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

// #solution Read each request whole, in however many pieces it comes, print its URI to the console,
// #solution   and answer as http_serve2 did. No request may end the program, however wrong it is.
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
    console.log(parseRequest(request));
    return okResponse(readFileSync(PAGE));
  } catch (error) {
    if (error instanceof ClientError) return clientErrorResponse(error.status);
    throw error;
  }
}

/** Listens for clients, any number of them at once. */
function start(): void {
  const server = createServer(serve);
  server.listen(PORT, HOST, () => console.log(`listening on http://${HOST}:${PORT}/`));
}

// Run as a program, it listens. Imported for its functions, it must not.
if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();
// #end
