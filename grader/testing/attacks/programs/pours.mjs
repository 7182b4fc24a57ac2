// Sends a body without end, as fast as it is taken.
import { createServer } from 'node:net';

createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n');
    const pour = () => {
      while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 120)));
    };
    socket.on('drain', pour);
    pour();
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
