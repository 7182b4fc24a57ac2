import v8 from 'node:v8';
import type { Client } from 'undici';
import type { Address } from './connection.ts';
import { startDeadline } from './deadline.ts';

/** What a real HTTP client made of a reply, or why it gave up. */
export type ClientReading = (
  | { readonly state: 'read'; readonly status: number }
  | { readonly state: 'gave-up'; readonly reason: string }
) & {
  readonly body: Buffer;
  /** True where time was up before the reply had ended. */
  readonly late?: true;
};

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
  const UndiciClient = await loadClient();
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const client = new UndiciClient(`http://${host}:${String(address.port)}`);
  try {
    return await get(client, path, withinMs);
  } finally {
    await client.destroy();
  }
}

async function get(client: Client, path: string, withinMs: number): Promise<ClientReading> {
  const pieces: Buffer[] = [];
  let status = 0;
  return new Promise((resolve) => {
    const end = (reason?: string, late: { readonly late?: true } = {}): void => {
      clear();
      const came = { body: Buffer.concat(pieces), ...late };
      resolve(
        reason === undefined
          ? { state: 'read', status, ...came }
          : { state: 'gave-up', reason, ...came },
      );
    };
    const { clear } = startDeadline(withinMs, () => {
      end(status > 0 ? undefined : 'it waited in vain', { late: true });
    });
    client.dispatch(
      { method: 'GET', path },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_, code) => {
          status = code;
        },
        onResponseData: (_, piece) => {
          pieces.push(Buffer.from(piece));
        },
        onResponseEnd: () => {
          end();
        },
        onResponseError: (_, error) => {
          end(error.message);
        },
      },
    );
  });
}

/**
 * Loads undici where it is used, and of it the client alone: the whole of it weighs more than all
 * the rest of the grader. Its parser, in WebAssembly, is compiled once and quickly: compiling it a
 * second time, for speed, takes longer than all that it will ever parse here.
 */
async function loadClient(): Promise<typeof Client> {
  const { default: client } = await import('undici/lib/dispatcher/client.js');
  v8.setFlagsFromString('--liftoff-only');
  return client;
}
