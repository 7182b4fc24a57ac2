import { readBytes } from '../../model/bytes.ts';
import type { Transcript, TranscriptEvent } from '../../model/transcript.ts';

/** What one side said until the other side, or another connection, had its turn. */
export interface Message {
  readonly kind: 'message';
  readonly from: 'client' | 'server';
  readonly connection: number;
  readonly atMs: number;
  /** How many bytes there were, all told. */
  readonly size: number;
  /** Those that are kept: the first ones. */
  readonly bytes: Buffer;
}

/** Anything else that happened. */
export type Happening = Exclude<TranscriptEvent, { readonly bytes: unknown }>;

/** Puts what was sent and received in pieces together, so that each message is one. */
export function joinMessages(transcript: Transcript): readonly (Message | Happening)[] {
  const joined: (Message | Happening)[] = [];
  for (const event of transcript) {
    if (!('bytes' in event)) {
      joined.push(event);
      continue;
    }
    const message = readMessage(event);
    const last = joined.at(-1);
    const goesOn =
      last?.kind === 'message' &&
      last.from === message.from &&
      last.connection === message.connection;
    if (goesOn) joined[joined.length - 1] = append(last, message);
    else joined.push(message);
  }
  return joined;
}

function readMessage(event: Extract<TranscriptEvent, { readonly bytes: unknown }>): Message {
  const { kind, connection, atMs, bytes } = event;
  return {
    kind: 'message',
    from: kind === 'sent' ? 'client' : 'server',
    ...{ connection, atMs, size: bytes.size },
    // What is kept from the middle on does not go on where another ends.
    bytes: bytes.start === 0 ? readBytes(bytes) : Buffer.alloc(0),
  };
}

function append(first: Message, next: Message): Message {
  const isWhole = first.bytes.byteLength === first.size;
  return {
    ...first,
    size: first.size + next.size,
    bytes: isWhole ? Buffer.concat([first.bytes, next.bytes]) : first.bytes,
  };
}
