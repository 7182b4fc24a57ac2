import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the server answers in place of a list. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server on the loopback that answers as GitHub's API does. Who opens it closes it. */
export class GithubServer {
  /** The forks of `org/week02`, once `org/old`. */
  forks: unknown[] = [];
  /** What the next requests get in place of the list. */
  instead: Answer[] = [];
  /** What was asked, and the header that came with it. */
  readonly asked: { readonly url: string; readonly token: string | undefined }[] = [];
  readonly #server = createServer((request, response) => this.#answer(request, response));

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get apiUrl(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`;
  }

  /** Calls back when the next request has come. */
  onNext(act: () => void): void {
    this.#server.once('request', act);
  }

  #answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    this.asked.push({ url, token: headers.authorization });
    const planned = this.instead.shift();
    const { pathname, searchParams } = new URL(url, this.apiUrl);
    if (planned) send(response, planned);
    else if (pathname === '/repos/org/old/forks') {
      const location = `${this.apiUrl}/repositories/7/forks?${searchParams.toString()}`;
      send(response, { status: 301, headers: { location } });
    } else if (['/repos/org/week02/forks', '/repositories/7/forks'].includes(pathname)) {
      send(response, this.#page(Number(searchParams.get('page') ?? 1), searchParams));
    } else send(response, { status: 404, body: { message: 'Not Found' } });
  }

  #page(page: number, searchParams: URLSearchParams): Answer {
    const size = Number(searchParams.get('per_page'));
    const last = Math.ceil(this.forks.length / size);
    const link = (to: number, rel: string): string =>
      `<${this.apiUrl}/repositories/7/forks?per_page=${String(size)}&page=${String(to)}>; rel="${rel}"`;
    const links = `${link(page + 1, 'next')}, ${link(last, 'last')}`;
    return {
      status: 200,
      headers: page < last ? { link: links } : {},
      body: this.forks.slice((page - 1) * size, page * size),
    };
  }
}

/** A fork as the API tells of it. */
export function fork(login: string, change: Readonly<Record<string, unknown>> = {}): unknown {
  const clone_url = `https://github.com/${login}/week02.git`;
  return { id: 1, name: 'week02', owner: { login }, private: false, size: 0, clone_url, ...change };
}

function send(response: ServerResponse, { status, headers = {}, body = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
