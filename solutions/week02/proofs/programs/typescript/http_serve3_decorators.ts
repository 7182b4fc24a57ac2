// http_serve3 in the style of large frameworks: classes, decorators, parameter properties.
//
// Differs: handlers are methods, and a decorator says which method of HTTP each one answers.
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { argv, env } from 'node:process';

type Handler = (request: Request) => Promise<Response>;

const handlers = new Map<string, string>();

/** Names the method of HTTP that a method of the class answers. */
function Answers(verb: string) {
  return function (_: Handler, context: ClassMethodDecoratorContext): void {
    handlers.set(verb, String(context.name));
  };
}

abstract class HttpError extends Error {
  abstract readonly status: string;
  readonly fields: Record<string, string> = {};
}

class BadRequest extends HttpError {
  override readonly status = '400 Bad Request';
}

class MethodNotAllowed extends HttpError {
  override readonly status = '405 Method Not Allowed';
  override readonly fields = { Allow: [...handlers.keys()].join(', ') };
}

class Request {
  private constructor(
    public readonly verb: string,
    public readonly uri: string,
  ) {}

  static from(text: string): Request {
    const [line] = text.split('\r\n', 1);
    const [verb, uri, version, ...rest] = line?.split(' ') ?? [];
    if (!verb || !uri || rest.length > 0 || !/^HTTP\/1\.\d$/.test(version ?? '')) {
      throw new BadRequest(line);
    }
    if (!handlers.has(verb)) throw new MethodNotAllowed(verb);
    return new Request(verb, uri);
  }
}

class Response {
  accessor fields: Record<string, string> = {};

  constructor(
    private readonly status: string,
    private readonly body: Uint8Array,
    private readonly type: string = 'text/html;charset=utf-8',
  ) {}

  get bytes(): Uint8Array {
    const own = { 'Content-Type': this.type, 'Content-Length': String(this.body.byteLength) };
    const fields = Object.entries({ ...own, Connection: 'close', ...this.fields });
    const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Buffer.concat([Buffer.from(`HTTP/1.1 ${this.status}\r\n${lines}\r\n`), this.body]);
  }
}

class Controller {
  readonly #page = resolve(import.meta.dirname, '..', 'tiny_html.html');

  @Answers('GET')
  async getPage({ uri }: Request): Promise<Response> {
    console.info(uri);
    return new Response('200 OK', await readFile(this.#page));
  }

  answer(request: Request): Promise<Response> {
    const name = handlers.get(request.verb) as 'getPage';
    return this[name](request);
  }
}

class HttpServer {
  readonly #server: Server = createServer((socket) => this.#serve(socket));

  constructor(private readonly controller = new Controller()) {}

  listen(port: number): void {
    this.#server.listen(port, '127.0.0.1');
  }

  #serve(socket: Socket): void {
    const pieces: Buffer[] = [];
    socket.on('error', () => socket.destroy());
    const collect = (piece: Buffer): void => {
      pieces.push(piece);
      const text = Buffer.concat(pieces).toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      socket.off('data', collect).resume();
      void this.#respond(text).then((bytes) => socket.end(bytes));
    };
    socket.on('data', collect);
  }

  async #respond(text: string): Promise<Uint8Array> {
    try {
      return (await this.controller.answer(Request.from(text))).bytes;
    } catch (error) {
      if (error instanceof HttpError) return clientErrorResponse(error);
      return new Response('500 Internal Server Error', Buffer.alloc(0)).bytes;
    }
  }
}

export const okResponse = (body: string | Uint8Array): Uint8Array =>
  new Response('200 OK', Buffer.from(body as string)).bytes;

export const parseRequest = (text: string): string => Request.from(text).uri;

export function clientErrorResponse(error: HttpError = new BadRequest()): Uint8Array {
  const response = new Response(error.status, Buffer.from(error.status), 'text/plain');
  response.fields = error.fields;
  return response.bytes;
}

if (resolve(argv[1] ?? '') === import.meta.filename || /http_serve3\.ts$/.test(argv[1] ?? '')) {
  new HttpServer().listen(Number(env['PORT'] ?? argv[2] ?? '50000'));
}
