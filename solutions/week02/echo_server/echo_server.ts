// echo_server: sends every client its own bytes back.
//
// This one is complete. Read it, run it, send it something: http_serve1 grows out of it.

import { createServer, type Socket } from 'node:net';
import { basename } from 'node:path';

const HOST = '127.0.0.1';
const PORT = Number(process.env.PORT ?? process.argv[2] ?? 50000);

/** Sends back to one client whatever it sends, until it goes. */
function serve(socket: Socket): void {
  // A client may break off at any moment. An error that nobody listens for would end the program.
  socket.on('error', (error) => console.error(`lost a client: ${error.message}`));
  socket.on('data', (bytes) => socket.write(bytes));
}

/** Listens for clients, any number of them at once. */
function start(): void {
  const server = createServer(serve);
  server.listen(PORT, HOST, () => console.log(`listening on http://${HOST}:${PORT}/`));
}

// Run as a program, it listens. Imported for its functions, it must not.
if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) start();
