// http_serve4 in several files: the messages and the listing have modules of their own.
//
// Differs: the program itself only joins them, and gives on what the grader calls.
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import * as messages from './lib/messages.js';
import listing, { NotADirectory, NotThere } from './lib/listing';

export { okResponse, notFoundResponse, clientErrorResponse, parseRequest } from './lib/messages.js';

export const resolveUri = (uri: string) => messages.okResponse(listing(uri), 'text/plain');

function respond(head: string): Buffer {
  let uri: string;
  try {
    uri = messages.parseRequest(head);
  } catch {
    return messages.clientErrorResponse();
  }
  console.log(uri);
  try {
    return resolveUri(uri);
  } catch (error) {
    if (error instanceof NotThere) return messages.notFoundResponse();
    if (error instanceof NotADirectory) return messages.message('501 Not Implemented', 'Soon.\n');
    throw error;
  }
}

export const server = createServer((socket) => {
  let head = '';
  socket.on('error', (error) => console.error(error));
  socket.on('data', (data) => {
    if (socket.writableEnded) return;
    head += data.toString();
    if (head.includes('\r\n\r\n')) socket.end(respond(head));
  });
});

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  server.listen(process.env.PORT ?? process.argv[2] ?? 50000);
}
