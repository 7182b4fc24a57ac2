import { connect } from 'node:net';
import { bridge } from './bridge.ts';
import type { OnClient } from './frames.ts';
import type { Serve } from './open-relay.ts';

/** Takes clients to a program in a cell, by the Unix socket at which its side is reached. */
export function bridgeTo(socketPath: string, onClient: OnClient): Serve {
  return (client, keep) => {
    const framed = connect({ path: socketPath, allowHalfOpen: true });
    keep(framed);
    const tell = onClient();
    bridge({
      plain: client,
      framed,
      tell: (from, frame) => {
        tell(from === 'plain' ? 'client' : 'server', frame);
      },
    });
  };
}
