import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { ApiServer, type Answer } from './api-server.ts';

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

/** The name by which a workflow's token goes. */
export const BOT = 'github-actions[bot]';

/** A server on the loopback that keeps pull requests as GitHub does. Who opens it closes it. */
export class PullsServer extends ApiServer {
  /** Pull requests of `org/week02`, by their numbers: the commit, and where it comes from. */
  readonly pulls = new Map<number, { sha: string; from: string; isClosed?: true }>();
  readonly comments: Comment[] = [];
  /** Paths that every pull request changes. */
  changed: string[] = [];
  /** Whose token it is; undefined for that of a workflow, which may not ask. */
  login: string | undefined;
  /** What was asked, such as `POST /repos/org/week02/issues/1/comments`. */
  readonly asked: string[] = [];
  /** What the next requests of a method get, and whether they have an effect all the same. */
  instead: { readonly method: string; readonly reply: Answer; readonly acts?: boolean }[] = [];

  constructor() {
    super((request) => this.#answer(request));
  }

  say(login: string, body: string): void {
    this.comments.push({ id: this.comments.length + 1, user: { login }, body });
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, this.apiUrl);
    const sent: unknown = JSON.parse((await text(request)) || 'null');
    this.asked.push(`${method} ${pathname}`);
    const at = this.instead.findIndex((each) => each.method === method);
    const [planned] = at < 0 ? [] : this.instead.splice(at, 1);
    const done = !planned || planned.acts ? this.#act(`${method} ${pathname}`, sent) : undefined;
    const reply = planned?.reply ?? done ?? { status: 404, body: { message: 'Not Found' } };
    return Array.isArray(reply.body) ? this.#page(reply.body, url, searchParams) : reply;
  }

  #act(asked: string, sent: unknown): Answer | undefined {
    if (asked === 'GET /user') return this.#whoami();
    const pulls = [...this.pulls].map(([number, { sha, from, isClosed }]) => ({
      number,
      state: isClosed === true ? 'closed' : 'open',
      head: { sha, repo: from === '' ? null : { full_name: from } },
    }));
    if (asked === 'GET /repos/org/week02/pulls') {
      return { status: 200, body: pulls.filter(({ state }) => state === 'open') };
    }
    const [, verb, kind, number, part] =
      /^(\w+) \/repos\/org\/week02\/(\w+)\/(?:comments\/)?(\d+)(?:\/(\w+))?$/.exec(asked) ?? [];
    const pull = pulls.find((each) => each.number === Number(number));
    switch (`${String(verb)} ${String(kind)} ${part ?? ''}`) {
      case 'GET pulls ':
        return pull && { status: 200, body: pull };
      case 'GET pulls files':
        return pull && { status: 200, body: this.changed.map((filename) => ({ filename })) };
      case 'GET issues comments':
        return { status: 200, body: this.comments };
      case 'POST issues comments':
        this.say(this.login ?? BOT, bodyOf(sent));
        return { status: 201, body: this.comments.at(-1) };
      case 'PATCH issues ':
        return this.#edit(Number(number), bodyOf(sent));
    }
    return undefined;
  }

  #whoami(): Answer {
    if (this.login !== undefined) return { status: 200, body: { login: this.login } };
    return { status: 403, body: { message: 'Resource not accessible by integration' } };
  }

  #edit(id: number, body: string): Answer | undefined {
    const comment = this.comments.find((each) => each.id === id);
    if (!comment) return undefined;
    comment.body = body;
    return { status: 200, body: comment };
  }

  #page(list: readonly unknown[], url: string, query: URLSearchParams): Answer {
    const size = Number(query.get('per_page') ?? 30);
    const page = Number(query.get('page') ?? 1);
    const next = new URL(url, this.apiUrl);
    next.searchParams.set('page', String(page + 1));
    const headers = page * size < list.length ? { link: `<${next.href}>; rel="next"` } : {};
    return { status: 200, headers, body: list.slice((page - 1) * size, page * size) };
  }
}

function bodyOf(sent: unknown): string {
  const known = typeof sent === 'object' && sent && 'body' in sent;
  return known ? String(sent.body) : '';
}
