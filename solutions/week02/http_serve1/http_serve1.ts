// http_serve1: answers every request with the page in tiny_html.html, and nothing else yet.
//
// It grows out of echo_server: `npm run next week02` copies that over this file.

// #solution Answer each client with the bytes of ../tiny_html.html, then close the connection.
// #solution   Find the page with import.meta.dirname, so that the program works from any folder.
// #solution   Read what the client sends before you answer, or your page may be lost on its way.
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { basename, join } from 'node:path';

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT ?? process.argv[2] ?? 50000);
const PAGE = join(import.meta.dirname, '../tiny_html.html');

/** Answers one client with the page, as soon as it asks for anything. */
function serve(socket: Socket): void {
  // A client may break off at any moment. An error that nobody listens for would end the program.
  socket.on('error', (error) => console.error(`lost a client: ${error.message}`));
  // Bytes that come later are still read, and dropped: closing on unread bytes resets the client.
  socket.once('data', () => socket.end(readFileSync(PAGE)));
}

/** Listens for clients, any number of them at once. */
function start(): void {
  const server = createServer(serve);
  server.listen(PORT, HOST, () => console.log(`listening on http://${HOST}:${PORT}/`));
}

// Run as a program, it listens. Imported for its functions, it must not.
if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();
// #end
