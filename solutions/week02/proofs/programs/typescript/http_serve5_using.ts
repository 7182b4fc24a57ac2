// http_serve5 with explicit resource management: files close themselves at the end of a block.
//
// Differs: `await using`, generics, overloads, a file that is sent piece by piece. The replies of
// small and large files look the same.
import { open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { basename, dirname, extname, join, sep } from 'node:path';

const types = {
  '.html': 'text/html',
  '.txt': 'text/plain',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
} as const satisfies Record<`.${string}`, `${string}/${string}`>;

type Extension = keyof typeof types;
type Body = Uint8Array | AsyncIterable<Uint8Array>;

interface Reply<Content extends Body = Body> {
  readonly status: `${number} ${string}`;
  readonly type?: string;
  readonly length: number;
  readonly content: Content;
}

class OpenFile implements AsyncDisposable {
  constructor(readonly handle: FileHandle) {}

  async *pieces(size = 1 << 16): AsyncGenerator<Uint8Array> {
    for (;;) {
      const { bytesRead, buffer } = await this.handle.read({ buffer: Buffer.alloc(size) });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close();
  }
}

const isKnown = (extension: string): extension is Extension => extension in types;

function text(status: Reply['status'], words: string): Reply<Uint8Array> {
  const content = new TextEncoder().encode(words);
  return { status, type: 'text/plain; charset=utf-8', length: content.byteLength, content };
}

function parseRequest(request: string): string;
function parseRequest(request: Uint8Array): string;
function parseRequest(request: string | Uint8Array): string {
  const text = typeof request === 'string' ? request : Buffer.from(request).toString('latin1');
  const [, uri] = /^GET (\/\S*) HTTP\/1\.[01]\r\n/.exec(text) ?? [];
  if (uri === undefined) throw new TypeError('this is no GET of HTTP/1.x');
  return uri;
}

async function locate(uri: string): Promise<string> {
  const root = await realpath(join(dirname(import.meta.filename), '..', 'web'));
  const path = await realpath(join(root, decodeURIComponent(uri.replace(/[?].*$/s, ''))));
  if (`${path}${sep}`.startsWith(`${root}${sep}`)) return path;
  throw new RangeError(`${uri} is not below ${basename(root)}`);
}

async function send(socket: Socket, { status, type, length, content }: Reply): Promise<void> {
  const lines = [`HTTP/1.1 ${status}`, ...(type ? [`Content-Type: ${type}`] : [])];
  socket.write(`${lines.join('\r\n')}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`);
  for await (const piece of content instanceof Uint8Array ? [content] : content) {
    if (socket.destroyed) return;
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
  }
  socket.end();
}

async function answer(socket: Socket, request: string): Promise<void> {
  const path = await locate(parseRequest(request));
  await using file = new OpenFile(await open(path));
  const stats = await file.handle.stat();
  if (stats.isDirectory()) return send(socket, text('200 OK', (await readdir(path)).join('\n')));
  const extension = extname(path).toLowerCase();
  await send(socket, {
    status: '200 OK',
    // Where nothing is known of the type, nothing is said (RFC 9110, 8.3).
    ...(isKnown(extension) && { type: types[extension] }),
    length: stats.size,
    content: file.pieces(),
  });
}

async function serve(socket: Socket): Promise<void> {
  let request = '';
  try {
    for await (const [chunk] of on(socket)) {
      request += chunk.toString('latin1');
      if (request.includes('\r\n\r\n')) break;
    }
    if (!request) return;
    socket.resume();
    console.log(request.slice(0, request.indexOf('\r\n')));
    await answer(socket, request);
  } catch (error) {
    if (socket.destroyed) return;
    const isTheirs = error instanceof TypeError;
    await send(socket, isTheirs ? text('400 Bad Request', 'GET?') : text('404 Not Found', 'No.'));
  } finally {
    socket.end();
  }
}

/** The pieces that come from a client, until it has no more to say. */
async function* on(socket: Socket): AsyncGenerator<[Buffer]> {
  const iterator = socket.iterator({ destroyOnReturn: false });
  for await (const chunk of iterator) yield [chunk as Buffer];
}

const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.setTimeout(30_000, () => socket.destroy());
  void serve(socket).catch(() => socket.destroy());
});

if (process.argv[1] && basename(process.argv[1]).startsWith('http_serve5')) {
  server.listen(Number(process.env['PORT'] ?? process.argv[2] ?? 50000), '127.0.0.1');
}
