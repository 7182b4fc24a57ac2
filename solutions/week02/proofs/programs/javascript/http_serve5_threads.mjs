// http_serve5 with worker_threads: one thread talks to the clients, another to the disk.
//
// Differs: files come from the other thread as ArrayBuffers that are handed over, not copied.
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const ROOT = realpathSync(fileURLToPath(new URL('../web', import.meta.url)));
const TYPES = new Map(
  Object.entries({
    html: 'text/html; charset=utf-8',
    txt: 'text/plain; charset=utf-8',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    png: 'image/png',
  }),
);

/** The thread that waits for the disk. */
function lookUp(uri) {
  const path = realpathSync(join(ROOT, decodeURIComponent(uri.split(/[?#]/)[0])));
  if (relative(ROOT, path).startsWith('..')) throw new Error('outside');
  if (statSync(path).isDirectory()) {
    return {
      type: TYPES.get('txt'),
      bytes: new TextEncoder().encode(readdirSync(path).join('\n')),
    };
  }
  const type = TYPES.get(path.split('.').pop().toLowerCase()) ?? 'application/octet-stream';
  return { type, bytes: new Uint8Array(readFileSync(path)) };
}

function answerQuestions() {
  parentPort.on('message', ({ id, uri }) => {
    try {
      const found = lookUp(uri);
      parentPort.postMessage({ id, ...found }, [found.bytes.buffer]);
    } catch {
      parentPort.postMessage({ id });
    }
  });
}

/** The thread that waits for clients. */
function start(port) {
  const worker = new Worker(new URL(import.meta.url));
  const asking = new Map();
  worker.on('message', ({ id, type, bytes }) => {
    const socket = asking.get(id);
    asking.delete(id);
    if (!bytes) return send(socket, '404 Not Found', 'text/plain', Buffer.from('not here\n'));
    send(socket, '200 OK', type, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });

  let next = 0;
  const server = createServer((socket) => {
    let request = '';
    let asked = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      request += bytes.toString('latin1');
      if (asked || !request.includes('\r\n\r\n')) return;
      asked = true;
      const [, uri] = /^GET (\S+) HTTP\/1\.\d\r\n/.exec(request) ?? [];
      if (!uri) return send(socket, '400 Bad Request', 'text/plain', Buffer.from('GET only\n'));
      console.log(uri);
      next += 1;
      asking.set(next, socket);
      worker.postMessage({ id: next, uri });
    });
  });
  worker.once('online', () => server.listen(port, 'localhost'));
}

function send(socket, status, type, body) {
  socket.cork();
  socket.write(`HTTP/1.1 ${status}\r\nContent-Type:${type}\r\nContent-Length:${body.length}\r\n`);
  socket.write('Connection:close\r\n\r\n');
  socket.end(body);
  socket.uncork();
}

if (isMainThread) start(Number(process.env.PORT ?? process.argv[2] ?? 50000));
else answerQuestions();
