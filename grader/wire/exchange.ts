import { Connection, type Address, type Ending } from './connection.ts';
import type { Recorder } from './recorder.ts';
import type { KnownPieces } from './reply/followed-bytes.ts';
import { ReplyParser, type ParsedReply } from './reply/reply-parser.ts';
import type { Request } from './request.ts';

/** One request and all that came back for it. */
export interface Exchange {
  readonly request: Request;
  /** All that came; made when it is first asked for. */
  readonly received: Buffer;
  readonly ending: Ending;
  /** How long the whole reply was allowed to take, in milliseconds. */
  readonly withinMs: number;
  /** The reply as a strict reader sees it. */
  readonly reply: ParsedReply;
}

export interface ExchangeOptions {
  /** How long the whole reply may take, in milliseconds. */
  readonly withinMs: number;
  /** Sends the request in these pieces, with a pause of `pauseMs` between them. */
  readonly pieces?: readonly Buffer[];
  readonly pauseMs?: number;
  /** Rests this long after the first piece of the reply, as a slow reader does. */
  readonly restMs?: number;
  /** What ends the reply: HTTP's own rules, the end of the connection, or a number of bytes. */
  readonly until?: 'http' | 'end' | number;
  /** The body that the reply should have, where it is so large that it had better not be kept. */
  readonly expected?: { readonly pieces?: KnownPieces };
}

/**
 * Puts one request to a server on a connection of its own and reads the reply to its end. The
 * connection is closed before this returns, and never half-closed before the reply has come:
 * a third of the servers in use then send nothing.
 */
export async function exchange(
  address: Address,
  request: Request,
  options: ExchangeOptions & { readonly recorder: Recorder },
): Promise<Exchange> {
  const connection = await Connection.open(address, options.recorder);
  const parser = new ReplyParser();
  if (connection === undefined) {
    return {
      request,
      received: Buffer.alloc(0),
      ending: 'refused',
      withinMs: options.withinMs,
      reply: parser.parsed(),
    };
  }
  try {
    await sendPieces(connection, options.pieces ?? [request.bytes], options.pauseMs ?? 0);
    return await readReply(connection, request, options);
  } finally {
    await connection.close();
  }
}

/** More than any reply that is asked for: a server that sends without end must not fill the memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads one reply from an open connection, then closes it. */
export async function readReply(
  connection: Connection,
  request: Request,
  options: ExchangeOptions,
): Promise<Exchange> {
  const { parser, ending } = await readOn(connection, options);
  parser.push(await connection.close());
  if (ending === 'closed' || ending === 'reset') parser.end();
  return describe(request, { parser, ending }, options);
}

/** Reads one answer from a connection that stays open. */
export async function readAnswer(
  connection: Connection,
  request: Request,
  options: ExchangeOptions,
): Promise<Exchange> {
  return describe(request, await readOn(connection, options), options);
}

interface Reading {
  readonly parser: ReplyParser;
  readonly ending: Ending;
}

function describe(
  request: Request,
  { parser, ending }: Reading,
  { withinMs }: ExchangeOptions,
): Exchange {
  let received: Buffer | undefined;
  return {
    request,
    get received() {
      return (received ??= parser.bytes);
    },
    ending,
    withinMs,
    reply: parser.parsed(),
  };
}

async function readOn(
  connection: Connection,
  { withinMs, restMs, until = 'http', expected }: ExchangeOptions,
): Promise<Reading> {
  const parser = new ReplyParser(expected?.pieces);
  const take = (piece: Buffer): boolean => {
    parser.push(piece);
    if (parser.size > MOST_BYTES) return true;
    if (typeof until === 'number') return parser.size >= until;
    // An invalid reply is read on: what it holds is the proof of what went wrong.
    return until === 'http' && parser.whole;
  };
  const read = await connection.read({ take, withinMs, ...(restMs !== undefined && { restMs }) });
  // What has no end by then is waited for no longer.
  const ending = parser.size > MOST_BYTES ? 'deadline' : read;
  return { parser, ending };
}

async function sendPieces(
  connection: Connection,
  pieces: readonly Buffer[],
  pauseMs: number,
): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    // The pause is what is asked of the server here, and guesses at nothing.
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    connection.send(piece);
  }
}
