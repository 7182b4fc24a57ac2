import type { OnClient } from '../relay/frames.ts';

/** Of a request, in bytes: what is longer is not shown. */
const KEPT = 4096;

interface Asked {
  readonly sent: Buffer;
  /** The program has closed the connection without an answer; or it has died of it. */
  readonly isClosed: boolean;
}

/** Remembers what a program has been sent and has not answered: of one of these it dies, if it does. */
export class Unanswered {
  readonly #asked = new Map<number, Asked>();
  #clients = 0;
  #hasClients = false;
  #last: Buffer | undefined;

  /** A client has connected. */
  open(): ReturnType<OnClient> {
    this.#clients += 1;
    const client = this.#clients;
    return (from, frame) => {
      if (from === 'client' && frame.kind === 'bytes') this.#ask(client, frame.bytes);
      else if (from === 'client') this.#noteLeft(client, frame.kind === 'reset');
      else if (frame.kind === 'bytes') this.#noteAnswer(client);
      else this.#noteClosed(client);
    };
  }

  /** What it has not answered, in the order in which it was asked. */
  list(): readonly Buffer[] {
    return [...this.#asked.values()].map(({ sent }) => sent);
  }

  /** What it was asked last, answered or not. */
  get last(): Buffer | undefined {
    return this.#last;
  }

  /** Whether it was asked anything since it was started. */
  get hasClients(): boolean {
    return this.#hasClients;
  }

  /** The program is started anew. */
  clear(): void {
    this.#asked.clear();
    this.#hasClients = false;
    this.#last = undefined;
  }

  #ask(client: number, bytes: Buffer): void {
    const sent = Buffer.concat([this.#asked.get(client)?.sent ?? Buffer.alloc(0), bytes]);
    this.#last = sent.subarray(0, KEPT);
    this.#asked.delete(client);
    this.#asked.set(client, { sent: this.#last, isClosed: false });
    this.#hasClients = true;
  }

  #noteLeft(client: number, isReset: boolean): void {
    this.#hasClients = true;
    if (isReset) this.#asked.delete(client);
  }

  #noteAnswer(client: number): void {
    this.#asked.delete(client);
    // It lives, so it has closed those by its own will.
    for (const [other, { isClosed }] of this.#asked) if (isClosed) this.#asked.delete(other);
  }

  #noteClosed(client: number): void {
    const asked = this.#asked.get(client);
    if (asked) this.#asked.set(client, { ...asked, isClosed: true });
  }
}
