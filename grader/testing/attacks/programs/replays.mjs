// Knows the lab's own files by heart, and nothing that a grader makes up.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const KNOWN = { '/sample.txt': 'text/plain', '/a_web_page.html': 'text/html' };
createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (data) => {
    const path = data.toString().split(' ')[1] ?? '';
    const type = KNOWN[path];
    const body = type && existsSync(`web${path}`) ? readFileSync(`web${path}`) : Buffer.from('no');
    const status = type ? '200 OK' : '404 Not Found';
    socket.write(`HTTP/1.1 ${status}\r\nContent-Type: ${type ?? 'text/plain'}\r\n\r\n`);
    socket.end(body);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
