import { Connection, type Address } from '../wire/connection.ts';
import {
  exchange,
  readAnswer,
  readReply,
  type Exchange,
  type ExchangeOptions,
} from '../wire/exchange.ts';
import { getWithRealClient, type ClientReading } from '../wire/real-client.ts';
import type { Recorder } from '../wire/recorder.ts';
import { browserRequest, type Request } from '../wire/request.ts';

/** How long a server may take for one whole reply, in milliseconds. */
const REPLY_MS = 3000;

/** A connection that a check holds open. */
export interface HeldConnection {
  /** False where the server refused it. */
  readonly open: boolean;
  readonly send: (request: Request) => void;
  /** Sends bytes and reads what comes back, as far as `until` says. The connection stays open. */
  readonly ask: (
    request: Request,
    options: { readonly until: number; readonly withinMs?: number },
  ) => Promise<Exchange>;
  /** Reads one reply to a request that was sent, then closes the connection. */
  readonly reply: (request: Request) => Promise<Exchange>;
  readonly close: () => Promise<unknown>;
}

/** What the program prints to its stdout. */
export interface PrintedOutput {
  /** Watches for a text from now on; the function it gives waits a second at most for it. */
  readonly watch: (text: string) => () => Promise<boolean>;
  /** What was printed from then on until the function that it gives is called. */
  readonly mark: () => () => { readonly stdout: string; readonly stderr: string };
  /** Ends the program, and tells whether the text had been printed by then. */
  readonly includesAtEnd: (text: string) => Promise<boolean>;
}

/** What is known of a server besides what it answers. */
export type ServerFacts = Pick<
  ServerUnderTest,
  'address' | 'askedPort' | 'stdout' | 'listensWhereTold'
>;

/** The student's server as a check sees it: something to send bytes to. */
export class ServerUnderTest {
  readonly #recorder: Recorder;
  readonly #held: Connection[] = [];
  readonly address: Address;
  /** The port that the program was told to listen on. */
  readonly askedPort: number;
  readonly stdout: PrintedOutput;
  /** Whether the program listens, now, on the port that it was told. */
  readonly listensWhereTold: () => Promise<boolean>;

  constructor(facts: ServerFacts, recorder: Recorder) {
    this.address = facts.address;
    this.askedPort = facts.askedPort;
    this.stdout = facts.stdout;
    this.listensWhereTold = facts.listensWhereTold;
    this.#recorder = recorder;
  }

  /** GETs a path as a browser does. The path goes out exactly as given. */
  get(path: string, options: Partial<ExchangeOptions> = {}): Promise<Exchange> {
    return this.send(this.request('GET', path), options);
  }

  /** POSTs a form. */
  post(path: string, body: string): Promise<Exchange> {
    return this.send(this.request('POST', path, body));
  }

  /** Sends bytes on a connection of their own and reads what comes back. */
  send(request: Request, options: Partial<ExchangeOptions> = {}): Promise<Exchange> {
    return exchange(this.address, request, {
      withinMs: REPLY_MS,
      ...options,
      recorder: this.#recorder,
    });
  }

  /** Makes a request that a browser would send, and the words that name it. */
  request(method: string, path: string, body?: string): Request {
    const host = `localhost:${String(this.address.port)}`;
    return browserRequest(method, path, { host, ...(body !== undefined && { body }) });
  }

  /** Connects and sends nothing. The connection is closed when the check ends, if not before. */
  async connect(): Promise<HeldConnection> {
    const connection = await Connection.open(this.address, this.#recorder);
    if (connection) this.#held.push(connection);
    return {
      open: connection !== undefined,
      send: ({ bytes }) => connection?.send(bytes),
      ask: async (request, options) => {
        if (!connection) return this.send(request, options);
        connection.send(request.bytes);
        return readAnswer(connection, request, { withinMs: REPLY_MS, ...options });
      },
      reply: (request) =>
        connection ? readReply(connection, request, { withinMs: REPLY_MS }) : this.send(request),
      close: async () => connection?.close(),
    };
  }

  /** Sends bytes and leaves without waiting for an answer. */
  async sendAndLeave(bytes: Buffer): Promise<void> {
    const connection = await Connection.open(this.address, this.#recorder);
    connection?.send(bytes);
    await connection?.close();
  }

  /** GETs a path with undici, a client that many programs use. */
  async getWithRealClient(path: string): Promise<ClientReading> {
    this.#recorder.countOther();
    const reading = await getWithRealClient(this.address, path, REPLY_MS);
    if (reading.late) this.#recorder.note({ kind: 'deadline', connection: 0, afterMs: REPLY_MS });
    return reading;
  }

  /** Closes what a check left open. */
  async release(): Promise<void> {
    await Promise.all(this.#held.splice(0).map((connection) => connection.close()));
  }
}
