// Answers with 200 MB in a fifth of a megabyte.
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';

const bomb = gzipSync(Buffer.alloc(200_000_000));
const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.byteLength}\r\n\r\n`;
createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(Buffer.concat([Buffer.from(head), bomb])));
}).listen(Number(process.argv[2]), '127.0.0.1');
