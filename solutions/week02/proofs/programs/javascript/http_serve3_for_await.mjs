// http_serve3 with async iterators: for await over the connections, and over the bytes of each.
//
// Differs: connections are kept alive, and requests may be sent ahead (RFC 9112, 9.3.2). The program
// prints each request as an object.
import { once, on } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { argv, env } from 'node:process';
import { fileURLToPath } from 'node:url';

const MOST = 64 * 1024;

class BadRequest extends Error {
  status = '400 Bad Request';
}

class WrongMethod extends Error {
  status = '405 Method Not Allowed';
}

const respond = (status, body, ...fields) =>
  Buffer.concat([
    Buffer.from(
      [
        `HTTP/1.1 ${status}`,
        'Content-Type: text/html',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...fields,
        '\r\n',
      ].join('\r\n'),
    ),
    Buffer.from(body),
  ]);

export const okResponse = (body, ...fields) => respond('200 OK', body, ...fields);

export const clientErrorResponse = ({ status } = new BadRequest()) =>
  respond(status, `<p>${status}</p>`, 'Allow: GET', 'Connection: close');

export const parseRequest = (request) => {
  const { method, uri } =
    /^(?<method>[\w!#$%&'*+.^`|~-]+) (?<uri>\S+) HTTP\/1\.[01]\r\n/.exec(request)?.groups ?? {};
  if (!method) throw new BadRequest('no request line');
  if (method !== 'GET') throw new WrongMethod(method);
  return uri;
};

/** Yields the head of each request of a connection. */
async function* heads(socket) {
  let text = '';
  // Left early, it would destroy the socket, and with it the reply that is under way.
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk.toString('latin1');
    for (let end; (end = text.indexOf('\r\n\r\n')) !== -1; text = text.slice(end + 4)) {
      yield text.slice(0, end + 2);
    }
    if (text.length > MOST) throw new BadRequest('an endless head');
  }
}

async function serve(socket, page) {
  for await (const head of heads(socket)) {
    try {
      const uri = parseRequest(head);
      console.log({ method: 'GET', uri, from: socket.remoteAddress });
      const last = /^connection:\s*close\r$/im.test(head) || head.includes(' HTTP/1.0\r\n');
      const reply = okResponse(
        await readFile(page),
        `Connection: ${last ? 'close' : 'keep-alive'}`,
      );
      if (!socket.write(reply)) await once(socket, 'drain');
      if (last) return;
    } catch (error) {
      if (!('status' in error)) throw error;
      socket.write(clientErrorResponse(error));
      return; // what follows may be a body: nobody knows where the next request begins
    }
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const page = new URL('../tiny_html.html', import.meta.url);
  const server = createServer();
  server.listen(Number(env.PORT ?? argv[2] ?? 50_000), '127.0.0.1');
  await once(server, 'listening');
  for await (const [socket] of on(server, 'connection')) {
    socket.on('error', () => socket.destroy());
    // Not awaited: the next client need not wait for this one.
    serve(socket, page)
      .catch(({ message }) => console.error(message))
      .finally(() => socket.resume().end());
  }
}
