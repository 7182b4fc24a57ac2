import { KEPT, recordBytes } from '../model/bytes.ts';
import type { Transcript, TranscriptEvent } from '../model/transcript.ts';

/** What happens during a check, with all of its bytes. Who is told of it copies those that it keeps. */
export type Happening = TranscriptEvent extends infer Event
  ? Event extends { readonly bytes: unknown }
    ? Omit<Event, 'atMs' | 'bytes'> & { readonly bytes: Buffer }
    : Event extends TranscriptEvent
      ? Omit<Event, 'atMs'>
      : never
  : never;

/** Of what came, only the start is kept: a transcript shows no more, and there may be megabytes of it. */
type Noted =
  | Exclude<Happening, { readonly kind: 'received' }>
  | {
      readonly kind: 'received';
      readonly connection: number;
      start: Buffer;
      /** How many bytes there were, all told. */
      size: number;
    };

/** What went over the wire during one check, message by message. */
interface Exchanges {
  readonly sent: readonly Buffer[];
  /** Its first bytes, and how many there were, all told. */
  readonly came?: { readonly start: Buffer; readonly size: number };
}

/** Notes what happens during one check. Notes are cheap; a transcript is made only of a failure. */
export class Recorder {
  readonly #beganAt = performance.now();
  readonly #events: { readonly atMs: number; readonly event: Noted }[] = [];
  readonly #watch: (happening: Happening) => void;
  #connections = 0;

  /** @param watch is told of each thing as it happens */
  constructor(watch: (happening: Happening) => void = () => undefined) {
    this.#watch = watch;
  }

  /** Gives the next connection its number within the check, from 1. */
  nextConnection(): number {
    this.#connections += 1;
    return this.#connections;
  }

  note(happening: Happening): void {
    this.#watch(happening);
    if (happening.kind !== 'received') {
      this.#push(happening);
      return;
    }
    const { kind, connection, bytes } = happening;
    const last = this.#events.at(-1);
    // What comes in many pieces is one message to a reader.
    if (
      last?.event.kind === kind &&
      last.event.connection === connection &&
      last.event.size < KEPT
    ) {
      last.event.start = Buffer.concat([last.event.start, bytes.subarray(0, KEPT)]);
      last.event.size += bytes.byteLength;
      return;
    }
    const start = Buffer.from(bytes.subarray(0, KEPT));
    this.#push({ kind, connection, start, size: bytes.byteLength });
  }

  #push(event: Noted): void {
    this.#events.push({ atMs: Math.round(performance.now() - this.#beganAt), event });
  }

  /** The bytes that were sent last before now; undefined where none were. */
  lastSent(): Buffer | undefined {
    const sent = this.#events.findLast(({ event }) => event.kind === 'sent');
    return sent?.event.kind === 'sent' ? sent.event.bytes : undefined;
  }

  /**
   * What was sent on the connections that got no byte back, in order; nothing at all on some. Where a
   * program died, it died of one of these.
   */
  unanswered(): readonly Buffer[] {
    const byConnection = new Map<number, { sent: Buffer[]; answered: boolean }>();
    for (const { event } of this.#events) {
      const known = byConnection.get(event.connection);
      if (event.kind === 'connected') {
        byConnection.set(event.connection, { sent: [], answered: false });
      } else if (event.kind === 'sent') known?.sent.push(event.bytes);
      else if (event.kind === 'received' && known) known.answered = true;
    }
    const silent = [...byConnection.values()].filter(({ answered }) => !answered);
    return silent.map(({ sent }) => Buffer.concat(sent));
  }

  /** What was sent on each connection, in order, and what came back on the last that was answered. */
  exchanges(): Exchanges {
    const sent = new Map<number, Buffer>();
    let came: Exchanges['came'];
    let answered = 0;
    for (const { event } of this.#events) {
      const { connection } = event;
      if (event.kind === 'connected') sent.set(connection, Buffer.alloc(0));
      if (event.kind === 'sent') {
        const before = sent.get(connection) ?? Buffer.alloc(0);
        if (before.byteLength < KEPT) sent.set(connection, Buffer.concat([before, event.bytes]));
      }
      if (event.kind === 'received') {
        const { start, size } = event;
        came =
          came && answered === connection ? { ...came, size: came.size + size } : { start, size };
        answered = connection;
      }
    }
    return { sent: [...sent.values()], ...(came && { came }) };
  }

  /** The functions that were called, in order, and how each call ended. */
  calls(): readonly { readonly call: string; readonly outcome: string }[] {
    return this.#events.flatMap(({ event }) => (event.kind === 'called' ? [event] : []));
  }

  /** The pieces in which some bytes were sent on one connection; none where they were not. */
  sentAs(bytes: Buffer): readonly Buffer[] {
    const byConnection = new Map<number, readonly Buffer[]>();
    for (const { event } of this.#events) {
      if (event.kind !== 'sent') continue;
      const pieces = byConnection.get(event.connection) ?? [];
      byConnection.set(event.connection, [...pieces, event.bytes]);
    }
    const all = [...byConnection.values()];
    return all.find((pieces) => Buffer.concat(pieces).equals(bytes)) ?? [];
  }

  /** Counts a connection that another client makes, of which nothing else is recorded. */
  countOther(): void {
    this.#connections += 1;
  }

  /** Whether anything was tried at all. */
  get used(): boolean {
    return this.#connections > 0;
  }

  /** Whether nothing was tried, and nothing noted. Another client's connections are merely counted. */
  get isEmpty(): boolean {
    return !this.used && this.#events.length === 0;
  }

  /** Whether time ran out for something. */
  get sawDeadline(): boolean {
    return this.#events.some(({ event }) => event.kind === 'deadline');
  }

  /** Whether something was sent on a connection some time after something else. */
  get sentInPieces(): boolean {
    const firstAt = new Map<number, number>();
    return this.#events.some(({ atMs, event: { kind, connection } }) => {
      if (kind !== 'sent') return false;
      const first = firstAt.get(connection) ?? atMs;
      firstAt.set(connection, first);
      return first < atMs;
    });
  }

  /** The first things that happened, for a reader. Of a long exchange it lacks the end: decide nothing by it. */
  transcript(): Transcript {
    return this.#events.slice(0, LONGEST).map(({ atMs, event }) => {
      if (event.kind === 'received') {
        const { kind, connection, start, size } = event;
        return { kind, connection, atMs, bytes: { ...recordBytes(start), size } };
      }
      return 'bytes' in event
        ? { ...event, atMs, bytes: recordBytes(event.bytes) }
        : { ...event, atMs };
    });
  }
}

const LONGEST = 200;
