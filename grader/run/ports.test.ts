import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { UngradableWork, UsageError } from '../model/errors.ts';
import { DEFAULT_PORTS, portPicker, readPortRange } from './ports.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function take(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  await once(server.listen(port, '127.0.0.1'), 'listening');
}

describe('--ports', () => {
  test('is read as two numbers, both of them in the range', () => {
    expect(readPortRange('20000-20100')).toEqual({ first: 20_000, last: 20_100 });
    expect(readPortRange('20000-20000')).toEqual({ first: 20_000, last: 20_000 });
  });

  test.each([
    '',
    '20000',
    '20000-',
    '20001-20000',
    '80-90',
    '20000-65536',
    'a-b',
    '2e4-3e4',
    ' 20000-20001',
  ])('is refused as %j, with an example', (text) => {
    expect(() => readPortRange(text)).toThrow(UsageError);
    expect(() => readPortRange(text)).toThrow('--ports 20000-20100');
  });
});

describe('a chooser of ports', () => {
  test('keeps within the range by default outside that of the system', async () => {
    const pick = portPicker(DEFAULT_PORTS, 12_345_678);
    const port = await pick();
    expect(port).toBeGreaterThanOrEqual(DEFAULT_PORTS.first);
    expect(port).toBeLessThanOrEqual(DEFAULT_PORTS.last);
    expect(DEFAULT_PORTS.last).toBeLessThan(32_768);
  });

  test('never gives one port twice to those who ask at once', async () => {
    const pick = portPicker({ first: 16_000, last: 16_050 }, 7);
    const ports = await Promise.all(Array.from({ length: 20 }, () => pick()));
    expect(new Set(ports).size).toBe(20);
  });

  test('leaves out ports that are taken', async () => {
    await Promise.all([take(16_101), take(16_102)]);
    const pick = portPicker({ first: 16_101, last: 16_103 }, 0);
    expect(await pick()).toBe(16_103);
  });

  test('says so where all ports of its range are taken', async () => {
    await Promise.all([take(16_111), take(16_112)]);
    const picking = portPicker({ first: 16_111, last: 16_112 }, 0)();
    await expect(picking).rejects.toThrow(UsageError);
    await expect(picking).rejects.toThrow('no port from 16111 to 16112 is free');
    await expect(picking).rejects.not.toBeInstanceOf(UngradableWork);
  });

  test('blames the work where nobody else can have taken them', async () => {
    await take(16_115);
    const picking = portPicker({ first: 16_115, last: 16_115 }, 0, false)();
    await expect(picking).rejects.toThrow(UngradableWork);
  });

  test('gives a port again once all of its range were given, as long as they are free', async () => {
    const pick = portPicker({ first: 16_121, last: 16_123 }, 1);
    const ports: number[] = [];
    for (let count = 0; count < 7; count += 1) ports.push(await pick());
    expect(ports.slice(0, 3).sort()).toEqual([16_121, 16_122, 16_123]);
    expect(ports.every((port) => port >= 16_121 && port <= 16_123)).toBe(true);
  });
});
