// athome, where the listings are made by a child process that is written in TypeScript as well.
//
// Differs: the child has a file of its own, list.ts, which is started by its path and not imported.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { extname, join, sep } from 'node:path';

const web = realpathSync(join(import.meta.dirname, 'web'));
const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
]);

export function okResponse(body: string | Buffer, type = 'text/html; charset=utf-8'): Buffer {
  return makeResponse('200 OK', body, type);
}

export function notFoundResponse(): Buffer {
  return makeResponse('404 Not Found', 'There is nothing there.\n', 'text/plain');
}

function makeResponse(status: string, body: string | Buffer, type: string): Buffer {
  const bytes = Buffer.from(body as string);
  const head = `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}\r\n`;
  return Buffer.concat([Buffer.from(`${head}Connection: close\r\n\r\n`), bytes]);
}

export function parseRequest(request: string): string {
  const [, uri] = /^GET (\S+) HTTP\/1\.[01]\r\n/.exec(request) ?? [];
  if (!uri) throw new Error('not a GET');
  return uri;
}

let lister: ChildProcess | undefined;
let listed: Promise<unknown> = Promise.resolve();

/** Asks the child, which is given one question at a time, and is started by the first. */
async function listDirectory(directory: string, uri: string): Promise<string> {
  const child = (lister ??= fork(join(import.meta.dirname, 'list.ts')));
  const before = listed;
  const answer = (async () => {
    await before.catch(() => undefined);
    child.send({ directory, uri });
    const [page] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (typeof page !== 'string') throw new Error('the lister has ended');
    return page;
  })();
  listed = answer;
  return answer;
}

export async function resolveUri(uri: string): Promise<Buffer> {
  const path = decodeURIComponent(uri.split('?')[0] ?? '');
  if (path === '/time-page') {
    const now = new Date();
    return okResponse(`<h1>Time</h1><p>${now.toString()}, or ${String(now.getTime())} ms</p>`);
  }
  const target = realpathSync(join(web, path));
  if (target !== web && !target.startsWith(web + sep)) throw new Error('outside');
  if (!statSync(target).isDirectory()) {
    return okResponse(readFileSync(target), types.get(extname(target)) ?? 'text/plain');
  }
  return okResponse(await listDirectory(target, target.slice(web.length) + '/'));
}

async function respond(head: string): Promise<Buffer> {
  try {
    const uri = parseRequest(head);
    console.log(uri);
    return await resolveUri(uri);
  } catch (error) {
    console.error(String(error));
    return notFoundResponse();
  }
}

if (/athome(\.[cm]?[jt]s)?$/.test(process.argv[1] ?? '')) {
  const server = createServer((socket) => {
    let head = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', function read(chunk) {
      head += chunk.toString();
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read).resume();
      void respond(head).then((response) => socket.end(response));
    });
  });
  server.listen(Number(process.env.PORT ?? process.argv[2] ?? 50000));
}
