import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Connection, type Address } from './connection.ts';
import { Recorder } from './recorder.ts';

let server: Server;
let recorder: Recorder;
let accepted: Promise<Socket>;
let address: Address;
beforeEach(async () => {
  recorder = new Recorder();
  server = createServer({ allowHalfOpen: true });
  accepted = new Promise((resolve) => {
    server.once('connection', (socket) => {
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const at = server.address();
  address = { host: '127.0.0.1', port: typeof at === 'object' && at ? at.port : 0 };
});
afterEach(() => {
  server.close();
});

async function connected(): Promise<{ connection: Connection; socket: Socket }> {
  const connection = await Connection.open(address, recorder);
  if (!connection) throw new Error('the connection was refused');
  return { connection, socket: await accepted };
}

const anything = { take: () => true, withinMs: 1000 };

function kinds(): string[] {
  return recorder.transcript().map(({ kind }) => kind);
}

test('notes what happens in order, each connection by its number', async () => {
  const { connection, socket } = await connected();
  connection.send(Buffer.from('ping'));
  socket.end('pong');
  await connection.read({ take: () => false, withinMs: 1000 });
  await connection.close();
  expect(recorder.transcript()).toMatchObject([
    { kind: 'connected', connection: 1 },
    { kind: 'sent', connection: 1, bytes: { printable: 'ping' } },
    { kind: 'received', connection: 1, bytes: { printable: 'pong' } },
    { kind: 'closed-by-server', connection: 1 },
  ]);
  expect(recorder.nextConnection()).toBe(2);
});

test('is undefined where the connection is refused, and the transcript says so', async () => {
  server.close();
  await once(server, 'close');
  expect(await Connection.open(address, recorder)).toBeUndefined();
  expect(kinds()).toEqual(['refused']);
});

test('keeps bytes that come while nobody reads', async () => {
  const { connection, socket } = await connected();
  socket.write('early');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const pieces: Buffer[] = [];
  const take = (piece: Buffer): boolean => pieces.push(piece) > 0;
  expect(await connection.read({ take, withinMs: 1000 })).toBe('whole');
  expect(Buffer.concat(pieces).toString()).toBe('early');
  await connection.close();
  socket.destroy();
});

test('tells a close from a reset, also when it came before the read', async () => {
  const { connection, socket } = await connected();
  socket.resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await connection.read(anything)).toBe('reset');
  await connection.close();
  expect(kinds()).toEqual(['connected', 'reset']);
});

test('notes a deadline, and can be read again after it', async () => {
  const { connection, socket } = await connected();
  expect(await connection.read({ ...anything, withinMs: 50 })).toBe('deadline');
  socket.write('late');
  expect(await connection.read(anything)).toBe('whole');
  expect(kinds()).toEqual(['connected', 'deadline', 'received']);
  await connection.close();
  socket.destroy();
});

test('gives what came after the last read when it is closed', async () => {
  const { connection, socket } = await connected();
  socket.write('first');
  await connection.read(anything);
  socket.end('second');
  expect((await connection.close()).toString()).toBe('second');
});

test('does not wait long for a server that never closes', async () => {
  const { connection, socket } = await connected();
  const closed = once(socket, 'close');
  socket.write('hi');
  await connection.read(anything);
  await connection.close();
  socket.resume().end();
  await closed;
  // That the server was slow to close is nobody's deadline.
  expect(kinds()).toEqual(['connected', 'received']);
});

test('may be sent to after the server has gone', async () => {
  const { connection, socket } = await connected();
  socket.resetAndDestroy();
  await connection.read(anything);
  connection.send(Buffer.from('anyone?'));
  await connection.close();
  expect(kinds()).toEqual(['connected', 'reset', 'sent']);
});

test('can be reset by the client', async () => {
  const { connection, socket } = await connected();
  const failed = new Promise<Error>((resolve) => socket.once('error', resolve));
  connection.reset();
  socket.resume();
  expect(await failed).toMatchObject({ code: 'ECONNRESET' });
});
