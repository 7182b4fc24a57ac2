/**
 * What passes between the two ends of a relay. A Unix socket carries bytes and an end; that a
 * connection was reset, or refused, it could not tell.
 */
export type Frame =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** No more comes from this side, which still listens to the other. */
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'refused' };

/** Told of each client; takes what passes on that connection from now on. */
export type OnClient = () => (from: 'client' | 'server', frame: Frame) => void;

const KINDS = ['bytes', 'end', 'reset', 'refused'] as const;
/** A byte for the kind, and four for the length of what follows. */
const HEAD_BYTES = 5;
const NOTHING = Buffer.alloc(0);

export function writeFrame(frame: Frame): Buffer {
  const bytes = frame.kind === 'bytes' ? frame.bytes : NOTHING;
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(KINDS.indexOf(frame.kind));
  head.writeUInt32BE(bytes.byteLength, 1);
  return Buffer.concat([head, bytes]);
}

/** Reads frames from bytes that may be cut anywhere. @returns gives those that are whole by now */
export function frameReader(): (piece: Buffer) => readonly Frame[] {
  let held = NOTHING;
  return (piece) => {
    held = Buffer.concat([held, piece]);
    const frames: Frame[] = [];
    while (held.byteLength >= HEAD_BYTES) {
      const end = HEAD_BYTES + held.readUInt32BE(1);
      if (held.byteLength < end) break;
      frames.push(makeFrame(KINDS[held.readUInt8()], held.subarray(HEAD_BYTES, end)));
      held = held.subarray(end);
    }
    return frames;
  };
}

function makeFrame(kind: (typeof KINDS)[number] | undefined, bytes: Buffer): Frame {
  if (kind === undefined) throw new Error('the other end of the relay says what it cannot');
  return kind === 'bytes' ? { kind, bytes } : { kind };
}
