import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { acceptsClients, connectTo, type Address } from './connect-to.ts';

let server: Server;
let address: Address;
beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => undefined));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const at = server.address();
  address = { host: '127.0.0.1', port: typeof at === 'object' && at ? at.port : 0 };
});
afterEach(() => {
  server.close();
});

test('gives a connection, whose directions end by themselves', async () => {
  const socket = await connectTo(address);
  expect(socket).toMatchObject({ allowHalfOpen: true, connecting: false });
  socket.destroy();
  expect(await acceptsClients(address)).toBe(true);
});

test('throws what the system says where nothing listens', async () => {
  server.close();
  await once(server, 'close');
  await expect(connectTo(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(await acceptsClients(address)).toBe(false);
});

test('gives up once the signal has come', async () => {
  const attempt = connectTo(address, AbortSignal.abort());
  await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
});
