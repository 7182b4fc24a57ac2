// Answers with what parsers stumble over, on the wire and from its function.
import { createServer } from 'node:net';

export function parseRequest() {
  const deep = { ['__proto__']: { polluted: true } };
  let inner = deep;
  for (let depth = 0; depth < 2000; depth += 1) inner = inner.next = {};
  return deep;
}

const names = Array.from({ length: 2000 }, (_, index) => `X-${index}: ${'a-'.repeat(40)}!\r\n`);
const body = Buffer.concat([
  Buffer.from('<'.repeat(50_000)),
  Buffer.from([0xff, 0xfe, 0, 0xc3, 0x28]),
]);
const head = `HTTP/1.1 200 \0__proto__\r\n__proto__: x\r\nconstructor: y\r\n${names.join('')}\r\n`;
if (process.argv[1]?.includes('http_serve')) {
  createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.concat([Buffer.from(head), body])));
  }).listen(Number(process.argv[2]), '127.0.0.1');
}
