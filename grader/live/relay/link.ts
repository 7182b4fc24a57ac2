import type { Socket } from 'node:net';
import type { Frame } from './frames.ts';

export interface Link {
  /** Both let each direction end by itself. */
  readonly client: Socket;
  readonly server: Socket;
  readonly tell: (from: 'client' | 'server', frame: Frame) => void;
}

/**
 * Joins two connections: bytes pass unchanged, and so do ends and resets. What it hides is what a
 * `bridge` hides.
 */
export function link({ client, server, tell }: Link): void {
  carry(client, server, (frame) => {
    tell('client', frame);
  });
  carry(server, client, (frame) => {
    tell('server', frame);
  });
}

function carry(from: Socket, to: Socket, tell: (frame: Frame) => void): void {
  from.on('data', (bytes) => {
    tell({ kind: 'bytes', bytes });
    if (to.writable && !to.write(bytes)) from.pause();
  });
  to.on('drain', () => from.resume());
  from.once('end', () => {
    tell({ kind: 'end' });
    to.end();
  });
  from.once('error', () => {
    tell({ kind: 'reset' });
    passReset(to);
  });
}

/** What was sent before goes out first: a reset would take it back. */
function passReset(to: Socket): void {
  const reset = (): void => void to.resetAndDestroy();
  if (to.writable) to.write('', reset);
  else if (to.writableEnded && !to.writableFinished) to.once('finish', reset);
  else reset();
}
