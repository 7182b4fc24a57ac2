/** The client of undici without all that its index loads besides: fetch, mocks, caches, WebSocket. */
declare module 'undici/lib/dispatcher/client.js' {
  import type { Client } from 'undici';

  const client: typeof Client;
  export = client;
}
