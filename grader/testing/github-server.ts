import type { IncomingMessage } from 'node:http';
import { ApiServer, type Answer } from './api-server.ts';

/** A server on the loopback that lists forks as GitHub's API does. Who opens it closes it. */
export class GithubServer extends ApiServer {
  /** The forks of `org/week02`, once `org/old`. */
  forks: unknown[] = [];
  /** What the next requests get in place of the list. */
  instead: Answer[] = [];
  /** What was asked, and the header that came with it. */
  readonly asked: { readonly url: string; readonly token: string | undefined }[] = [];

  constructor() {
    super((request) => this.#answer(request));
  }

  #answer({ url = '', headers }: IncomingMessage): Answer {
    this.asked.push({ url, token: headers.authorization });
    const planned = this.instead.shift();
    const { pathname, searchParams } = new URL(url, this.apiUrl);
    if (planned) return planned;
    if (pathname === '/repos/org/old/forks') {
      const location = `${this.apiUrl}/repositories/7/forks?${searchParams.toString()}`;
      return { status: 301, headers: { location } };
    }
    if (['/repos/org/week02/forks', '/repositories/7/forks'].includes(pathname)) {
      return this.#page(Number(searchParams.get('page') ?? 1), searchParams);
    }
    return { status: 404, body: { message: 'Not Found' } };
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
