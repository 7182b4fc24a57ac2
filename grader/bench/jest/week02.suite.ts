// What an instructor would write to test week02 without a grader: it asks the same as the checks
// do, with ordinary assertions. Not part of `npm test`; the bench measures it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import undici from 'undici';
import { get, open, parseReply, request, send } from './client.ts';
import { startServer, type Server } from './server.ts';
import { copySolutions, importProgram, PLANTED, removeCopy } from './submission.ts';

const folder = copySolutions();
const page = readFileSync(join(folder, 'tiny_html.html'));
let server: Server;

afterAll(() => {
  removeCopy(folder);
});

function serveStage(stage: string): void {
  beforeAll(async () => {
    server = await startServer(folder, stage);
  });
  afterAll(() => server.stop());
}

function uriOf(path: string): string {
  return path.replace(/^web/, '').split('/').map(encodeURIComponent).join('/');
}

async function expectListing(uri: string, below: string): Promise<string> {
  const { status, body } = await get(server.port, uri);
  expect(status).toBe(200);
  for (const name of readdirSync(join(folder, below))) expect(body.toString()).toContain(name);
  return body.toString();
}

async function expectFile(path: string, type: string): Promise<void> {
  const { status, headers, body } = await get(server.port, uriOf(path));
  expect(status).toBe(200);
  expect(headers['content-type']).toContain(type);
  expect(body.equals(readFileSync(join(folder, path)))).toBe(true);
}

describe('echo_server', () => {
  serveStage('echo_server');

  test.each(['hello, echo\r\n', request('GET', '/a/page.html')])('sends back %j', async (text) => {
    const echoed = await send(server.port, text, { until: text.length });
    expect(echoed.toString()).toBe(text);
  });

  test('serves the next client after one that said nothing', async () => {
    (await open(server.port)).destroy();
    expect((await send(server.port, 'next\r\n', { until: 6 })).toString()).toBe('next\r\n');
  });
});

describe('http_serve1', () => {
  serveStage('http_serve1');

  test('answers with the page, and ends', async () => {
    expect(await send(server.port, request('GET', '/'))).toEqual(page);
  });

  test('serves one client after another', async () => {
    expect(await send(server.port, request('GET', '/'))).toEqual(page);
    expect(await send(server.port, request('GET', '/again'))).toEqual(page);
  });
});

describe('http_serve2', () => {
  serveStage('http_serve2');

  test('answers with a proper response', async () => {
    const { statusLine, headers, body } = await get(server.port, '/');
    expect(statusLine).toMatch(/^HTTP\/1\.[01] 200 OK$/);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(Number(headers['content-length'])).toBe(page.byteLength);
    expect(Math.abs(Date.parse(headers.date ?? '') - Date.now())).toBeLessThan(60_000);
    expect(body).toEqual(page);
  });

  test('is understood by a real client', async () => {
    const reply = await undici.request(`http://127.0.0.1:${server.port}/`);
    expect(reply.statusCode).toBe(200);
    expect(Buffer.from(await reply.body.arrayBuffer())).toEqual(page);
  });

  test('has okResponse', async () => {
    const { okResponse } = await importProgram(folder, 'http_serve2');
    const { headers, body } = parseReply(okResponse('<p>naïve café, 東京</p>'));
    expect(body.toString()).toBe('<p>naïve café, 東京</p>');
    expect(Number(headers['content-length'])).toBe(body.byteLength);
  });
});

describe('http_serve3', () => {
  serveStage('http_serve3');

  async function expectPage(): Promise<void> {
    const { status, body } = await get(server.port, '/');
    expect(status).toBe(200);
    expect(body).toEqual(page);
  }

  test('still answers', expectPage);

  test('prints the URI', async () => {
    await get(server.port, '/some/page?x=thing');
    expect(server.stdout()).toContain('/some/page?x=thing');
  });

  test('goes on after a POST', async () => {
    await send(server.port, request('POST', '/', 'name=value'));
    await expectPage();
  });

  test('goes on after garbage', async () => {
    await send(server.port, 'hello out there\r\n\r\n');
    (await open(server.port)).end('GET /hal');
    await expectPage();
  });

  test('waits for a request in pieces', async () => {
    const text = request('GET', '/');
    const ends = [3, 11, 15, 30, text.length - 2, text.length];
    const pieces = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
    expect((await get(server.port, '/', { pieces })).body).toEqual(page);
  });

  test('answers POST with 405 and garbage with 400', async () => {
    const post = await send(server.port, request('POST', '/', 'name=value'));
    const garbage = await send(server.port, 'hello out there\r\n\r\n');
    expect(parseReply(post).status).toBe(405);
    expect(parseReply(garbage).status).toBe(400);
  });

  test('has parseRequest', async () => {
    const { parseRequest } = await importProgram(folder, 'http_serve3');
    expect(parseRequest('GET /a/b.html HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('/a/b.html');
    for (const line of ['POST / HTTP/1.1', 'GET / SMTP/1.0', 'GET /']) {
      expect(() => parseRequest(`${line}\r\nHost: localhost\r\n\r\n`)).toThrow();
    }
  });
});

describe('http_serve4', () => {
  serveStage('http_serve4');

  test('lists web/ and the folders in it', async () => {
    await expectListing('/', 'web');
    expect(await expectListing('/images/', 'web/images')).not.toContain('sample.txt');
    const planted = PLANTED.png.path.split('/')[1] ?? '';
    await expectListing(`/${planted}/`, `web/${planted}`);
  });

  test.each(['/sample.txt', '/nothing-here'])('goes on after %s', async (uri) => {
    expect((await get(server.port, uri)).status).not.toBe(200);
    expect((await get(server.port, '/')).status).toBe(200);
  });

  test('answers 404 with a body', async () => {
    const { status, body } = await get(server.port, '/no/such.html');
    expect(status).toBe(404);
    expect(body.byteLength).toBeGreaterThan(0);
  });

  test('has resolveUri', async () => {
    const { resolveUri } = await importProgram(folder, 'http_serve4');
    expect(resolveUri('/').toString()).toContain('sample.txt');
    expect(() => resolveUri('/sample.txt')).toThrow();
    expect(() => resolveUri('/nothing')).toThrow();
  });
});

describe('http_serve5', () => {
  serveStage('http_serve5');

  test.each([
    ['web/a_web_page.html', 'text/html'],
    ['web/sample.txt', 'text/plain'],
    ['web/images/lighthouse.jpg', 'image/jpeg'],
    ['web/images/mountains.jpeg', 'image/jpeg'],
    ['web/images/birds_on_a_wire.png', 'image/png'],
    [PLANTED.text.path, 'text/plain'],
    [PLANTED.png.path, 'image/png'],
    [PLANTED.spaced.path, 'text/plain'],
  ])('serves %s as %s', expectFile);

  test('still lists, and survives what is missing', async () => {
    expect((await get(server.port, '/nothing-here')).status).not.toBe(200);
    await expectListing('/', 'web');
  });

  test.each([
    ...['/../', '/%2e%2e/', '/images/../../', '/images/%2e%2e/%2E%2E/', '//../', '//', '/..//'],
    ...['/....//', `${folder}/`, `/${folder}/`, '/..\\', '/..%5c', '/..%2f', '/%2e%2e%2f'],
  ])('stays inside web/ when asked for %s', async (way) => {
    const { body } = await get(server.port, `${way}${PLANTED.secret.path}`);
    expect(body.includes(PLANTED.secret.bytes)).toBe(false);
  });

  test('sends 8 MiB to a reader that rests', async () => {
    const { body } = await get(server.port, uriOf(PLANTED.large.path), { restMs: 40 });
    expect(body.equals(PLANTED.large.bytes)).toBe(true);
  });

  test('answers eight at once while another says nothing', async () => {
    const silent = await open(server.port);
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => get(server.port, '/sample.txt')),
    );
    for (const { status } of replies) expect(status).toBe(200);
    silent.destroy();
  });
});

describe('athome', () => {
  serveStage('athome');

  test('lists with links that work', async () => {
    for (const uri of ['/', '/images/']) {
      const listing = await expectListing(uri, `athome/web${uri}`);
      const links = [...listing.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) {
        const { pathname } = new URL(link, `http://localhost${uri}`);
        expect((await get(server.port, pathname)).status).toBe(200);
      }
    }
  });

  test('tells the time of each request', async () => {
    const first = await get(server.port, '/time-page');
    await pause(1100);
    const second = await get(server.port, '/time-page');
    expect(first.headers['content-type']).toMatch(/^text\/html/);
    expect(second.body.equals(first.body)).toBe(false);
  });

  test("serves the student's own text file", async () => {
    const { status, body } = await get(server.port, '/what_i_did.txt');
    expect(status).toBe(200);
    expect(body).toEqual(readFileSync(join(folder, 'athome/web/what_i_did.txt')));
  });
});
