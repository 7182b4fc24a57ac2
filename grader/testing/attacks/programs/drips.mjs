// Sends a byte of its answer a second.
import { createServer } from 'node:net';
import { clearInterval, setInterval } from 'node:timers';

createServer((socket) => {
  socket.on('error', () => {});
  const drip = setInterval(() => socket.write('H'), 1000);
  socket.on('close', () => clearInterval(drip));
}).listen(Number(process.argv[2]), '127.0.0.1');
