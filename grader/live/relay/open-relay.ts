import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { errorCode, UsageError } from '../../model/errors.ts';
import { bridge } from './bridge.ts';
import type { Frame } from './frames.ts';

export interface RelayOptions {
  /** The port of this machine's loopback; 0 for one that is free. */
  readonly port: number;
  /** The Unix socket at which the program's side is reached. */
  readonly socketPath: string;
  /** Told of each client; takes what passes on that connection from now on. */
  readonly onClient: () => (from: 'client' | 'server', frame: Frame) => void;
}

export interface Relay {
  readonly port: number;
  /** Ends all connections. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a program in a cell reachable on this machine, and on no other.
 *
 * @throws UsageError where the port cannot be had
 */
export async function openRelay({ port, socketPath, onClient }: RelayOptions): Promise<Relay> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const framed = connect({ path: socketPath, allowHalfOpen: true });
    keep(client);
    keep(framed);
    const tell = onClient();
    bridge({
      plain: client,
      framed,
      tell: (from, frame) => {
        tell(from === 'plain' ? 'client' : 'server', frame);
      },
    });
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
