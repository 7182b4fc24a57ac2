// http_serve1 with streams alone: the file flows into the connection.
//
// Differs: the page is never held in memory, and the first line of the request is the sign to begin.
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';

const page = new URL('../tiny_html.html', import.meta.url);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const lines = createInterface({ input: socket });
  let asked = false;
  lines.once('line', async () => {
    asked = true;
    lines.close();
    socket.resume();
    await pipeline(createReadStream(page), socket).catch(() => socket.destroy());
  });
  lines.on('error', () => {});
  socket.on('error', () => socket.destroy());
  socket.on('end', () => asked || socket.end());
});

server.listen({ port: process.env.PORT ?? process.argv[2] ?? 50000, host: 'localhost' });
await once(server, 'listening');
console.log('listening on', server.address());
