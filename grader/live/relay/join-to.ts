import type { Socket } from 'node:net';
import { connectTo, type Address } from '../../run/connect-to.ts';
import type { Frame, OnClient } from './frames.ts';
import { link } from './link.ts';
import type { Serve } from './open-relay.ts';

/**
 * Takes clients to a program that is reached by TCP.
 *
 * @param reach gives where the program listens; undefined where it does not
 */
export function joinTo(reach: () => Promise<Address | undefined>, onClient: OnClient): Serve {
  return (client, keep) => {
    const tell = onClient();
    void join(client, tell, async () => {
      const address = await reach();
      const server = address && (await connectTo(address).catch(() => undefined));
      if (server) keep(server);
      return server;
    });
  };
}

async function join(
  client: Socket,
  tell: (from: 'client' | 'server', frame: Frame) => void,
  findServer: () => Promise<Socket | undefined>,
): Promise<void> {
  // It may leave before the program is reached.
  client.on('error', () => undefined);
  const server = await findServer();
  if (server && !client.destroyed) {
    link({ client, server, tell });
    return;
  }
  if (server) tell('client', { kind: 'reset' });
  else tell('server', { kind: 'refused' });
  server?.destroy();
  client.resetAndDestroy();
}
