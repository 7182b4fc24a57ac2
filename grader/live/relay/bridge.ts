import type { Socket } from 'node:net';
import { frameReader, writeFrame, type Frame } from './frames.ts';

/** One end of a relay. Both sockets let each direction end by itself. */
export interface BridgeEnd {
  /** The connection to a client, or to the server: TCP. */
  readonly plain: Socket;
  /** The way to the other end. */
  readonly framed: Socket;
  /** Told of what passes, and of which socket it comes from. */
  readonly tell?: (from: 'plain' | 'framed', frame: Frame) => void;
}

/**
 * Passes on what comes at one end of a relay: bytes unchanged, ends, and resets. What it hides: a
 * connection is accepted here even where the program would leave it waiting or refuse it, which then
 * looks like a reset; Node takes a reset that comes together with bytes for an end; and how bytes were
 * cut into packets is lost.
 */
export function bridge({ plain, framed, tell = () => undefined }: BridgeEnd): void {
  let isOver = false;
  const send = (frame: Frame): void => {
    tell('plain', frame);
    if (framed.writable && !framed.write(writeFrame(frame))) plain.pause();
  };
  const take = (frame: Frame): void => {
    tell('framed', frame);
    switch (frame.kind) {
      case 'bytes':
        if (plain.writable && !plain.write(frame.bytes)) framed.pause();
        return;
      case 'end':
        isOver = true;
        plain.end();
        return;
      case 'reset':
      case 'refused':
        isOver = true;
        // What was sent before has gone out first: a reset would take it back.
        plain.write('', () => plain.resetAndDestroy());
        return;
    }
  };
  plain.on('data', (bytes) => {
    send({ kind: 'bytes', bytes });
  });
  plain.once('end', () => {
    send({ kind: 'end' });
  });
  plain.once('error', () => {
    send({ kind: 'reset' });
  });
  plain.once('close', () => framed.end());
  plain.on('drain', () => framed.resume());
  const read = frameReader();
  framed.on('data', (piece) => {
    for (const frame of read(piece)) take(frame);
  });
  framed.on('drain', () => plain.resume());
  framed.on('error', () => undefined);
  framed.once('close', () => {
    // The other end has gone without a word: so has whoever was behind it.
    if (!isOver) plain.resetAndDestroy();
  });
}
