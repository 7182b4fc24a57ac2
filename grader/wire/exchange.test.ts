import { afterEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerOpts, type Server, type Socket } from 'node:net';
import type { Address } from './connection.ts';
import { exchange, type Exchange, type ExchangeOptions } from './exchange.ts';
import { Recorder } from './recorder.ts';

const HI = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';
const REQUEST = { name: 'GET /', bytes: Buffer.from('GET / HTTP/1.1\r\n\r\n') };

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** Starts a server that does this with each connection. */
async function serve(act: (socket: Socket) => void, options: ServerOpts = {}): Promise<Address> {
  server = createServer(options, (socket) => {
    socket.on('error', () => undefined);
    act(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 };
}

function ask(address: Address, options: Partial<ExchangeOptions> = {}): Promise<Exchange> {
  return exchange(address, REQUEST, { withinMs: 2000, recorder: new Recorder(), ...options });
}

describe('a reply', () => {
  test('is whole by its declared length, though the connection stays open', async () => {
    const address = await serve((socket) => socket.once('data', () => socket.write(HI)));
    const { ending, received, reply } = await ask(address);
    expect([ending, received.toString()]).toEqual(['whole', HI]);
    expect(reply.outcome.state).toBe('whole');
  });

  test('is whole by the end of the connection where it declares no length', async () => {
    const text = 'HTTP/1.0 200 OK\r\n\r\nhi';
    const address = await serve((socket) => socket.once('data', () => socket.end(text)));
    const { ending, reply } = await ask(address);
    expect([ending, reply.outcome.state, reply.body?.toString()]).toEqual([
      'closed',
      'whole',
      'hi',
    ]);
  });

  test('counts, where a reset follows it', async () => {
    const address = await serve((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nhi');
        setTimeout(() => socket.resetAndDestroy(), 50);
      });
    });
    const { ending, received } = await ask(address);
    expect([ending, received.toString()]).toEqual(['reset', 'HTTP/1.1 200 OK\r\n\r\nhi']);
  });

  test('counts, where a reset follows it at once', async () => {
    const address = await serve((socket) => {
      socket.once('data', () => socket.write(HI.slice(0, -1), () => socket.resetAndDestroy()));
    });
    const { received, reply } = await ask(address);
    expect(received.toString()).toBe(HI.slice(0, -1));
    expect(reply.outcome).toEqual({ state: 'incomplete', part: 'body' });
  });

  test('counts, where the server never reads the request, closes, and so resets', async () => {
    const address = await serve(
      (socket) => {
        // The request lies unread by then: closing answers it with a reset.
        setTimeout(() => socket.end(HI, () => socket.destroy()), 50);
      },
      { pauseOnConnect: true },
    );
    const { received, reply } = await ask(address);
    expect(received.toString()).toBe(HI);
    expect(reply.outcome.state).toBe('whole');
  });

  test('that came before the request counts as well', async () => {
    const address = await serve((socket) => socket.write(HI));
    const pieces = [REQUEST.bytes.subarray(0, 4), REQUEST.bytes.subarray(4)];
    const { received, ending } = await ask(address, { pieces, pauseMs: 50 });
    expect([ending, received.toString()]).toEqual(['whole', HI]);
  });

  test('shows the bytes that come after its declared end', async () => {
    const address = await serve(
      (socket) => {
        socket.once('data', () => {
          socket.write(HI);
          setTimeout(() => socket.end('trailing'), 30);
        });
      },
      { allowHalfOpen: true },
    );
    const { received, reply } = await ask(address);
    expect(received.toString()).toBe(`${HI}trailing`);
    expect(reply.outcome).toEqual({ state: 'whole', end: HI.length });
  });

  test('is read on past a fault, for what it holds is the proof', async () => {
    const address = await serve((socket) => {
      socket.once('data', () => {
        socket.write('<html>');
        setTimeout(() => socket.end('</html>'), 30);
      });
    });
    const { received, reply } = await ask(address);
    expect(received.toString()).toBe('<html></html>');
    expect(reply.outcome).toMatchObject({ state: 'invalid', fault: { code: 'no-status-line' } });
  });

  test('of 8 MiB comes whole to a reader that rests', async () => {
    const body = randomBytes(8 * 1024 * 1024);
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${String(body.byteLength)}\r\n\r\n`;
    let filled = false;
    const address = await serve((socket) => {
      socket.once('data', () => {
        socket.write(head);
        filled = !socket.write(body);
        socket.end();
      });
    });
    const { reply, ending } = await ask(address, { restMs: 100, withinMs: 15_000 });
    expect(filled).toBe(true);
    expect(ending).toBe('whole');
    expect(reply.body?.equals(body)).toBe(true);
  });
});

describe('no reply', () => {
  test('comes from a port that nobody listens on', async () => {
    const address = await serve(() => undefined);
    server?.close();
    expect(await ask(address)).toMatchObject({ ending: 'refused', received: Buffer.alloc(0) });
  });

  test('came by the deadline', async () => {
    const address = await serve(() => undefined);
    const { ending, received, reply } = await ask(address, { withinMs: 100 });
    expect([ending, received.byteLength]).toEqual(['deadline', 0]);
    expect(reply.outcome).toEqual({ state: 'incomplete', part: 'status-line' });
  });

  test('came before the server closed', async () => {
    const address = await serve((socket) => socket.once('data', () => socket.end()));
    expect(await ask(address)).toMatchObject({ ending: 'closed', received: Buffer.alloc(0) });
  });

  test('came before the server reset the connection', async () => {
    const address = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await ask(address)).toMatchObject({ ending: 'reset', received: Buffer.alloc(0) });
  });
});

describe('the deadline', () => {
  test('leaves what had come by then', async () => {
    const address = await serve((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n')),
    );
    const { ending, received, reply } = await ask(address, { withinMs: 150 });
    expect([ending, received.toString()]).toEqual(['deadline', 'HTTP/1.1 200 OK\r\n']);
    expect(reply.outcome).toEqual({ state: 'incomplete', part: 'headers' });
  });

  test('is for the whole reply, not for each piece of it', async () => {
    const address = await serve((socket) => {
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => {
        clearInterval(timer);
      });
    });
    const { ending } = await ask(address, { withinMs: 200 });
    expect(ending).toBe('deadline');
  });
});

describe('the client', () => {
  test('does not half-close before the reply has come, and closes after it', async () => {
    const seen: string[] = [];
    const ended = new Promise<void>((resolve) => {
      void serve((socket) => {
        socket.on('end', () => {
          seen.push('the end of the client');
          resolve();
        });
        socket.once('data', () =>
          setTimeout(() => {
            seen.push('the reply');
            socket.write(HI);
          }, 150),
        );
      }).then((address) => ask(address));
    });
    await ended;
    expect(seen).toEqual(['the reply', 'the end of the client']);
  });

  test('sends a request in pieces, in order, with a pause between', async () => {
    const came: string[] = [];
    const address = await serve((socket) => {
      socket.on('data', (piece) => {
        came.push(piece.toString());
        if (came.length === 3) socket.end(HI);
      });
    });
    const pieces = ['GET', ' / HTTP', '/1.1\r\n\r\n'].map((text) => Buffer.from(text));
    const { ending } = await ask(address, { pieces, pauseMs: 40 });
    expect(ending).toBe('whole');
    expect(came).toEqual(['GET', ' / HTTP', '/1.1\r\n\r\n']);
  });

  test('reads to the end of the connection, or a number of bytes, where told so', async () => {
    const address = await serve((socket) => {
      socket.once('data', () => {
        socket.write(HI);
        setTimeout(() => socket.end('!'), 400);
      });
    });
    expect(await ask(address, { until: 'end' })).toMatchObject({ ending: 'closed' });
    expect(await ask(address, { until: 4 })).toMatchObject({ ending: 'whole' });
  });
});
