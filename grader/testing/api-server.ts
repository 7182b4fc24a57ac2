import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a server of a test answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server on the loopback that stands in for an API. Who opens it closes it. */
export class ApiServer {
  readonly #server;

  constructor(answer: (request: IncomingMessage) => Answer | Promise<Answer>) {
    this.#server = createServer((request, response) => {
      void Promise.resolve(answer(request)).then((given) => send(response, given));
    });
  }

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
}

function send(response: ServerResponse, { status, headers = {}, body = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
