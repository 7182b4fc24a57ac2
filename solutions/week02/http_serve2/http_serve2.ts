// http_serve2: answers every request with a proper HTTP response, the page inside it.
//
// It grows out of your http_serve1: `npm run next week02` copies that over this file.

// #solution Write and export okResponse(body: string | Buffer): Buffer.
// #solution   It takes the body of a page and returns the whole response to send: a status line,
// #solution   header lines that give the body's type and its length in bytes, a blank line, the body.
// #solution   Bonus: a Date header.
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { basename, join } from 'node:path';

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT ?? process.argv[2] ?? 50000);
const PAGE = join(import.meta.dirname, '../tiny_html.html');

/** Returns the whole 200 response around an HTML body (RFC 9112, 4 to 6). */
export function okResponse(body: string | Buffer): Buffer {
  // Content-Length counts bytes, and a string counts characters: "é" is one of these, two of those.
  const content = Buffer.from(body);
  const head = [
    'HTTP/1.1 200 OK',
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${content.byteLength}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content]);
}
// #end

// #solution Answer each client with okResponse around tiny_html.html, then close the connection.
/** Answers one client with the page, as soon as it asks for anything. */
function serve(socket: Socket): void {
  // A client may break off at any moment. An error that nobody listens for would end the program.
  socket.on('error', (error) => console.error(`lost a client: ${error.message}`));
  // Bytes that come later are still read, and dropped: closing on unread bytes resets the client.
  socket.once('data', () => socket.end(okResponse(readFileSync(PAGE))));
}

/** Listens for clients, any number of them at once. */
function start(): void {
  const server = createServer(serve);
  server.listen(PORT, HOST, () => console.log(`listening on http://${HOST}:${PORT}/`));
}

// Run as a program, it listens. Imported for its functions, it must not.
if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();
// #end
