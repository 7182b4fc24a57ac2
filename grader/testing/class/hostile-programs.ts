/**
 * Programs that try to harm the grading, or their neighbours. All are bounded in time and number,
 * speak to loopback only, and write to no device.
 */

/** Answers rightly, and prints what a worker would answer: full marks in all. */
export function printsResults(program: string): string {
  const forged = JSON.stringify({ status: 'graded', stages: [] });
  return `${program}
console.log(${JSON.stringify(forged)});
console.log('PASS 100/100');
console.log('\\u001b[2J::error::broken');
for (const fd of [3, 4, 5]) {
  try { (await import('node:fs')).writeSync(fd, ${JSON.stringify(`${forged}\n`)}); } catch {}
}
`;
}

/** Answers rightly where it finds nothing that belongs to others, and nothing at all otherwise. */
export function readsOthers(program: string, places: readonly string[]): string {
  return `import { readdirSync as lookInto, statSync as look } from 'node:fs';
const leaks = ${JSON.stringify(places)}.filter((place) => { try { look(place); return true; } catch { return false; } });
for (const place of ['..', '../..', '../../..', '/tmp', '/home', '/root']) {
  try {
    if (lookInto(place).some((name) => /^(?:records|results|journal\\.jsonl|wiregrade-batch-)/.test(name))) leaks.push(place);
  } catch {}
}
if (leaks.length > 0) { console.error('found', leaks); process.exit(1); }
${program}`;
}

/** Says that all went well, and is gone. */
export const EXITS_AT_ONCE = `console.log('PASS 100/100');
process.exit(0);
`;

/** Answers rightly, while three more processes of it keep the core busy for a minute. */
export const SPINS = `import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
const spin = 'const end = performance.now() + 60_000; while (performance.now() < end);';
for (let count = 0; count < 3; count += 1) spawn(process.execPath, ['-e', spin], { stdio: 'ignore' });
createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** Takes every client, and answers none. */
export const NEVER_ANSWERS = `import { createServer } from 'node:net';
createServer((socket) => socket.on('error', () => {}).resume()).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** Prints 64 MiB before it would listen, and is gone. */
export const FLOODS = `import { writeSync } from 'node:fs';
const mebibyte = 'flood!!\\n'.repeat(128 * 1024);
for (let count = 0; count < 64; count += 1) {
  try { writeSync(1, mebibyte); } catch {}
}
process.exit(0);
`;

/** Answers rightly, with as many idle children as it may have, 200 at most, for a minute. */
export const FORKS_AND_ECHOES = `import os
import socketserver
import sys
import time

for _ in range(200):
    try:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    except OSError:
        break


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while True:
                data = self.request.recv(4096)
                if not data:
                    break
                self.request.sendall(data)
        except OSError:
            pass


class Server(socketserver.TCPServer):
    allow_reuse_address = True


Server(('127.0.0.1', int(os.environ['PORT'])), Echo).serve_forever()
`;

/** Takes its time to echo, while 40 more processes of it keep the core busy. */
export const SPINS_IN_CHILDREN = slowEcho(`for _ in range(40):
    try:
        if os.fork() == 0:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                pass
            os._exit(0)
    except OSError:
        break`);

/** Takes its time to echo, while a child of it starts as many processes as it can. */
export const FORKS_WITHOUT_END = slowEcho(`if os.fork() == 0:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if os.fork() == 0:
                time.sleep(0.2)
                os._exit(0)
        except OSError:
            pass
    os._exit(0)`);

/** Takes its time to echo, and prints as much as it can meanwhile. */
export const FLOODS_WHILE_ASKED = slowEcho(`if os.fork() == 0:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            os.write(1, b'flood ' * 10000)
        except OSError:
            time.sleep(0.01)
    os._exit(0)`);

/** A second for each echo: within the deadline, and long enough to be beside several others. */
function slowEcho(nuisance: string): string {
  return `import os
import socket
import time

server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
${nuisance}
while True:
    client, _ = server.accept()
    while data := client.recv(4096):
        time.sleep(1)
        client.sendall(data)
    client.close()
`;
}
