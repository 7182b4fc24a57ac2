import type { Address } from './connection.ts';

/** What a real HTTP client made of a reply, or why it gave up. */
export type ClientReading =
  | { readonly state: 'read'; readonly status: number; readonly body: Buffer }
  | { readonly state: 'gave-up'; readonly reason: string; readonly body: Buffer };

/**
 * Gets a path with undici, the client inside Node's own fetch. A body that neither declares its
 * length nor ends is given as far as it came in time.
 *
 * @param withinMs how long the whole reply may take, in milliseconds
 */
export async function getWithRealClient(
  address: Address,
  path: string,
  withinMs: number,
): Promise<ClientReading> {
  // Loaded here, while servers start: it weighs more than all the rest of the grader.
  const { default: undici } = await import('undici');
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const client = new undici.Client(`http://${host}:${String(address.port)}`);
  const signal = AbortSignal.timeout(withinMs);
  const pieces: Buffer[] = [];
  let status = 0;
  try {
    const reply = await client.request({ method: 'GET', path, signal });
    status = reply.statusCode;
    const body: AsyncIterable<Uint8Array> = reply.body;
    for await (const piece of body) pieces.push(Buffer.from(piece));
    return { state: 'read', status, body: Buffer.concat(pieces) };
  } catch (error) {
    const body = Buffer.concat(pieces);
    if (signal.aborted && status > 0) return { state: 'read', status, body };
    const reason = error instanceof Error ? error.message : String(error);
    return { state: 'gave-up', reason: signal.aborted ? 'it waited in vain' : reason, body };
  } finally {
    await client.destroy();
  }
}
