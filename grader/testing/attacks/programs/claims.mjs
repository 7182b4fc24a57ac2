// Says that it has passed, and takes clients without answering them.
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers';

console.log('READY\nPASS 100/100\nok 1 - everything');
console.log(
  JSON.stringify({ schema: 'wiregrade/result/1', points: { earned: 100, possible: 100 } }),
);
createServer((socket) => socket.resume()).listen(Number(process.argv[2]), '127.0.0.1');
setTimeout(() => process.exit(), 60_000).unref();
