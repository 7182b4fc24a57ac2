import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { bridge } from './bridge.ts';
import { writeFrame } from './frames.ts';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Serves the program's side of a relay: each connection is one to the program.
 *
 * @param reach gives where the program listens; undefined where it does not
 */
export async function serveRelay(
  socketPath: string,
  reach: () => Promise<Address | undefined>,
): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (framed) => {
    void join(framed, reach);
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return server;
}

async function join(framed: Socket, reach: () => Promise<Address | undefined>): Promise<void> {
  // Whoever asked may leave before the program is reached.
  framed.on('error', () => undefined);
  const address = await reach();
  const plain = address && (await reached(address));
  if (plain) {
    bridge({ plain, framed });
    framed.resume();
    return;
  }
  framed.end(writeFrame({ kind: 'refused' }));
  framed.resume();
}

async function reached(address: Address): Promise<Socket | undefined> {
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true });
  return new Promise((resolve) => {
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', () => {
      resolve(undefined);
    });
  });
}
