import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { connectTo, type Address } from '../../run/connect-to.ts';
import { bridge } from './bridge.ts';
import { writeFrame } from './frames.ts';

export interface ServeRelayOptions {
  /** Gives where the program listens; undefined where it does not. */
  readonly reach: () => Promise<Address | undefined>;
  /** Told of what `reach` throws; whoever connected is refused. */
  readonly onFault: (error: unknown) => void;
}

/** Serves the program's side of a relay: each connection is one to the program. */
export async function serveRelay(
  socketPath: string,
  { reach, onFault }: ServeRelayOptions,
): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (framed) => {
    void join(framed, () =>
      reach().catch((error: unknown) => {
        onFault(error);
        return undefined;
      }),
    );
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return server;
}

async function join(framed: Socket, reach: () => Promise<Address | undefined>): Promise<void> {
  // Whoever asked may leave before the program is reached.
  framed.on('error', () => undefined);
  const address = await reach();
  const plain = address && (await connectTo(address).catch(() => undefined));
  if (plain) {
    bridge({ plain, framed });
    framed.resume();
    return;
  }
  framed.end(writeFrame({ kind: 'refused' }));
  framed.resume();
}
