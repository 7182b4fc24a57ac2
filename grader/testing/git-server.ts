import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerWithoutEnd } from './endless-pack.ts';

/** A server of git repositories over https, on the loopback. Who opens it closes it. */
export interface GitServer {
  /** The address of a repository in the folder that is served. */
  readonly addressOf: (name: string) => string;
  /** What lets git trust it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it was asked for, as `METHOD path`. */
  readonly asked: readonly string[];
  /** The names of all headers that came. */
  readonly headers: ReadonlySet<string>;
  /** By this, `/private/` gives out what `/work` is. */
  readonly token: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens a server that answers as GitHub does, by git's own program for that.
 *
 * @param folder holds the repositories
 */
export async function openGitServer(folder: string): Promise<GitServer> {
  const keys = mkdtempSync(join(tmpdir(), 'keys-'));
  const [key, cert] = [join(keys, 'key.pem'), join(keys, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  const asked: string[] = [];
  const headers = new Set<string>();
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (request, response) => {
      asked.push(`${String(request.method)} ${String(request.url)}`);
      for (const name of Object.keys(request.headers)) headers.add(name);
      answer(folder, request, response);
    },
  );
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
  });
  return {
    addressOf: (name) => `https://127.0.0.1:${String(port)}/${name}`,
    environment: { GIT_SSL_CAINFO: cert },
    asked,
    headers,
    token: TOKEN,
    close: () =>
      new Promise((resolve) => {
        rmSync(keys, { recursive: true, force: true });
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const TOKEN = 'a-token-of-the-instructor';

export function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname: asked, search } = new URL(request.url ?? '', 'https://localhost');
  const pathname = hasToken(request) ? asked.replace('/private', '/work') : asked;
  if (pathname.startsWith('/private')) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end();
    return;
  }
  if (pathname.startsWith('/endless')) {
    answerWithoutEnd(request, response);
    return;
  }
  if (pathname.startsWith('/renamed')) {
    const location = pathname.replace('/renamed', '/work') + search;
    response.writeHead(301, { location }).end();
    return;
  }
  const [, sibling, way = ''] = /^\/to-private-(\d+)(.*)$/.exec(pathname) ?? [];
  if (sibling !== undefined) {
    const location = `https://127.0.0.1:${sibling}/private${way}${search}`;
    response.writeHead(301, { location }).end();
    return;
  }
  const [, port, rest = ''] = /^\/elsewhere-(\d+)(.*)$/.exec(pathname) ?? [];
  if (port !== undefined) {
    response.writeHead(301, { location: `http://127.0.0.1:${port}/work${rest}${search}` }).end();
    return;
  }
  const { headers, method = '' } = request;
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: headers['content-encoding'],
      CONTENT_TYPE: headers['content-type'],
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: method,
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => undefined);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => sendCgi(Buffer.concat(chunks), response));
}

/** As GitHub takes it: any user will do. */
function hasToken({ headers: { authorization = '' } }: IncomingMessage): boolean {
  const [, encoded = ''] = /^Basic (.*)$/.exec(authorization) ?? [];
  return Buffer.from(encoded, 'base64').toString().endsWith(`:${TOKEN}`);
}

/** Sends what a CGI program printed. */
function sendCgi(printed: Buffer, response: ServerResponse): void {
  const end = printed.indexOf('\r\n\r\n');
  for (const line of printed.toString('latin1', 0, end).split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/s);
    if (name === 'Status') response.statusCode = Number(value.slice(0, 3));
    else response.setHeader(name, value);
  }
  response.end(printed.subarray(end + 4));
}
