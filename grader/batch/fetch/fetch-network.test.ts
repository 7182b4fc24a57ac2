import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { fetchFork, type Fetched, type ForkRequest } from './fetch-fork.ts';
import { openGitServer, portOf, type GitServer } from '../../testing/git-server.ts';
import { MadeRepository } from './made-repository.ts';

let repository: MadeRepository;
let folder: string;
let server: GitServer;
beforeEach(async () => {
  repository = new MadeRepository();
  folder = mkdtempSync(join(tmpdir(), 'served-'));
  server = await openGitServer(join(folder, 'served'));
});
afterEach(async () => {
  await server.close();
  repository.remove();
  rmSync(folder, { recursive: true, force: true });
});

function take(repo: string, request: Partial<ForkRequest> = {}): Promise<Fetched> {
  return fetchFork({
    repo,
    cache: join(folder, 'cache'),
    environment: { ...ENVIRONMENT, ...server.environment },
    signal: new AbortController().signal,
    ...request,
  });
}

/** All that lies in a folder, as text. */
function readTree(place: string): readonly string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'));
}

function serve(): void {
  repository.git(['clone', '--quiet', '--bare', '.', join(folder, 'served/work')]);
}

describe('over https', () => {
  test('a repository is cloned, and then only asked for what is new', async () => {
    const commit = repository.commit({ a: '1' });
    serve();
    const address = server.addressOf('work');
    expect(await take(address)).toMatchObject({ status: 'fetched', commit });
    const cloning = server.asked.length;
    expect(await take(address)).toMatchObject({ status: 'fetched', commit });
    const news = repository.commit({ a: '2' });
    repository.git(['push', '--quiet', join(folder, 'served/work'), 'main']);
    expect(await take(address)).toMatchObject({ commit: news });
    expect(await take(address, { ref: commit })).toMatchObject({ commit });
    expect(cloning).toBeGreaterThan(0);
    expect(readdirSync(join(folder, 'cache'))).toHaveLength(1);
  });

  test('a renamed repository is followed, but not out of https', async () => {
    const commit = repository.commit({ a: '1' });
    serve();
    expect(await take(server.addressOf('renamed'))).toMatchObject({ commit });
    let connections = 0;
    const plain = createServer((client) => {
      connections += 1;
      client.destroy();
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const elsewhere = server.addressOf(`elsewhere-${String(portOf(plain.address()))}`);
    expect(await take(elsewhere)).toMatchObject({ status: 'broken' });
    plain.close();
    expect(connections).toBe(0);
  });

  test('a private one is broken, and no key of ours is shown to it', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    writeFileSync(join(home, '.netrc'), 'machine 127.0.0.1 login ann password secret\n');
    const secrets = { HOME: home, GITHUB_TOKEN: 'secret', GIT_ASKPASS: '/bin/echo' };
    const environment = { ...ENVIRONMENT, ...server.environment, ...secrets };
    const fetched = await take(server.addressOf('private'), { environment });
    expect(fetched).toMatchObject({
      status: 'broken',
      reason: expect.stringContaining('it is private, or there is no such repository'),
    });
    expect(server.headers).not.toContain('authorization');
  });

  test.each(['GITHUB_TOKEN', 'GH_TOKEN'])('a private one of GitHub is had by %s', async (name) => {
    const commit = repository.commit({ a: '1' });
    serve();
    const token = { GITHUB_SERVER_URL: server.addressOf(''), [name]: server.token };
    const environment = { ...ENVIRONMENT, ...server.environment, ...token };
    const address = server.addressOf('private');
    expect(await take(address, { environment })).toMatchObject({ status: 'fetched', commit });
    expect(await take(address, { environment })).toMatchObject({ status: 'fetched', commit });
    expect(JSON.stringify(readTree(join(folder, 'cache')))).not.toContain(server.token);
  });

  test('a token that is not taken is not to blame on the student', async () => {
    const token = { GITHUB_SERVER_URL: server.addressOf(''), GITHUB_TOKEN: 'outdated' };
    const environment = { ...ENVIRONMENT, ...server.environment, ...token };
    expect(await take(server.addressOf('private'), { environment })).toMatchObject({
      status: 'broken',
      reason: expect.stringContaining('it is private, or there is no such repository'),
    });
    expect(server.headers).toContain('authorization');
  });

  test('a token is shown to no server that its own one leads to', async () => {
    const other = await openGitServer(join(folder, 'served'));
    try {
      const certificates = join(folder, 'certificates');
      const files = [server, other].map(({ environment }) => environment.GIT_SSL_CAINFO ?? '');
      writeFileSync(certificates, files.map((file) => readFileSync(file, 'utf8')).join(''));
      const token = { GITHUB_SERVER_URL: server.addressOf(''), GITHUB_TOKEN: server.token };
      const environment = { ...ENVIRONMENT, ...token, GIT_SSL_CAINFO: certificates };
      const address = server.addressOf(`to-private-${new URL(other.addressOf('')).port}`);
      expect(await take(address, { environment })).toMatchObject({ status: 'broken' });
      expect(other.asked.length).toBeGreaterThan(0);
      expect(other.headers).not.toContain('authorization');
    } finally {
      await other.close();
    }
  });

  test('one that is not there is broken', async () => {
    expect(await take(server.addressOf('none'))).toMatchObject({
      status: 'broken',
      reason: expect.stringContaining('there is no such repository'),
    });
  });

  test('a server that cannot prove who it is gets no question', async () => {
    const fetched = await take(server.addressOf('work'), { environment: ENVIRONMENT });
    expect(fetched).toMatchObject({
      status: 'broken',
      reason: expect.stringContaining('could not prove who it is'),
    });
    expect(server.asked).toEqual([]);
  });

  test('no server is broken', async () => {
    const address = server.addressOf('work');
    await server.close();
    expect(await take(address)).toMatchObject({
      status: 'broken',
      reason: expect.stringContaining('its host does not answer'),
    });
    server = await openGitServer(join(folder, 'served'));
  });
});

describe('a server that never answers', () => {
  let silent: Server;
  let clients: Socket[];
  beforeEach(async () => {
    clients = [];
    silent = createServer((client) => clients.push(client.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    for (const client of clients) client.destroy();
    silent.close();
  });

  const address = (): string => `https://127.0.0.1:${String(portOf(silent.address()))}/work`;

  test('is given up in time, with all that git started', async () => {
    // On a busy machine git may not have connected by then: twice as long is tried until it has.
    for (let seconds = 1; clients.length === 0; seconds *= 2) {
      const limits = { timeMs: 1000 * seconds, bytes: 1e9 };
      expect(await take(address(), { limits })).toEqual({
        status: 'broken',
        reason: `it was not fetched within ${String(seconds)} s`,
      });
    }
    await Promise.all(clients.map(untilClosed));
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });

  test('is given up when the batch is stopped', async () => {
    const stopped = new AbortController();
    const connected = new Promise<void>((resolve) => silent.once('connection', () => resolve()));
    const fetched = take(address(), { signal: stopped.signal });
    const waiting = take(address(), { signal: stopped.signal });
    await connected;
    stopped.abort(new Error('stopped by SIGINT'));
    await expect(fetched).rejects.toThrow('stopped by SIGINT');
    await expect(waiting).rejects.toThrow('stopped by SIGINT');
    await Promise.all(clients.map(untilClosed));
  });
});

/** A process that has the other end, and lives, would keep it open. */
function untilClosed(client: Socket): Promise<void> {
  return new Promise((resolve) => {
    client.resume();
    if (client.destroyed) resolve();
    else client.once('close', () => resolve());
  });
}

describe('a repository that is too large', () => {
  test('is refused, and nothing of it stays', async () => {
    repository.commit({ a: randomBytes(3 * 1024 * 1024) });
    const limits = { timeMs: 60_000, bytes: 1024 * 1024 };
    for (let round = 0; round < 2; round += 1) {
      expect(await take(repository.folder, { limits })).toEqual({
        status: 'refused',
        reason: 'its history takes more than 1 MiB',
      });
      expect(readdirSync(join(folder, 'cache'))).toEqual([]);
    }
  });

  test('is refused as soon as it grows too large, while it is still being sent', async () => {
    const limits = { timeMs: 60_000, bytes: 8 * 1024 * 1024 };
    expect(await take(server.addressOf('endless'), { limits })).toEqual({
      status: 'refused',
      reason: 'its history takes more than 8 MiB',
    });
    expect(server.asked).toHaveLength(2);
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });
});
