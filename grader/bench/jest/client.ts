import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A reply, taken apart. */
export interface Reply {
  readonly statusLine: string;
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface SendOptions {
  /** Sends the request in these pieces, 20 ms apart. */
  readonly pieces?: readonly string[];
  /** Rests after the first piece of the reply. */
  readonly restMs?: number;
  /** How many bytes to wait for; otherwise, the end of the connection. */
  readonly until?: number;
}

/** Opens a connection. */
export async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Sends text on a connection of its own, and gives the bytes that come back. */
export async function send(port: number, text: string, options: SendOptions = {}): Promise<Buffer> {
  const socket = await open(port);
  const pieces: Buffer[] = [];
  let size = 0;
  const done = new Promise<void>((resolve, reject) => {
    socket.on('data', (piece) => {
      pieces.push(piece);
      size += piece.byteLength;
      if (pieces.length === 1 && options.restMs !== undefined) {
        socket.pause();
        setTimeout(() => socket.resume(), options.restMs);
      }
      if (size >= (options.until ?? Infinity)) resolve();
    });
    socket.on('end', resolve);
    socket.on('error', reject);
  });
  for (const [index, piece] of (options.pieces ?? [text]).entries()) {
    if (index > 0) await pause(20);
    socket.write(piece);
  }
  await done;
  socket.destroy();
  return Buffer.concat(pieces);
}

/** Makes a request. */
export function request(method: string, uri: string, body = ''): string {
  const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`;
  return `${method} ${uri} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n${length}\r\n${body}`;
}

/** GETs a path, exactly as it is given. */
export async function get(port: number, uri: string, options: SendOptions = {}): Promise<Reply> {
  return parseReply(await send(port, request('GET', uri), options));
}

/** Takes a reply apart. */
export function parseReply(bytes: Buffer): Reply {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.toLowerCase(), value.join(':').trim()] as const;
  });
  return {
    statusLine,
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: bytes.subarray(end + 4),
  };
}
