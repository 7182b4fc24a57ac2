import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { errorCode, UsageError } from '../../model/errors.ts';

/** Takes a client to the program. @param keep is given each socket that is opened for it */
export type Serve = (client: Socket, keep: (socket: Socket) => void) => void;

export interface RelayOptions {
  /** The port of this machine's loopback; 0 for one that is free. */
  readonly port: number;
  readonly serve: Serve;
}

export interface Relay {
  readonly port: number;
  /** Ends all connections. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a program reachable at a port of this machine, and from no other machine.
 *
 * @throws UsageError where the port cannot be had
 */
export async function openRelay({ port, serve }: RelayOptions): Promise<Relay> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    keep(client);
    serve(client, keep);
  });
  try {
    server.listen({ host: '127.0.0.1', port });
    await once(server, 'listening');
  } catch (error) {
    if (!['EADDRINUSE', 'EACCES'].includes(errorCode(error))) throw error;
    const why = errorCode(error) === 'EACCES' ? 'may not be used' : 'is taken';
    throw new UsageError(`--port ${String(port)} ${why}; name another, or leave it out.`, {
      cause: error,
    });
  }
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it listens nowhere');
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
