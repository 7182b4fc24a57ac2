import { connect, type OnReadOpts, type Socket } from 'node:net';
import { errorCode, MachineFault } from '../model/errors.ts';
import { startDeadline } from './deadline.ts';
import type { Recorder } from './recorder.ts';

/** Where a server listens. */
export interface Address {
  /** An address of this machine, or with `--url` any host. */
  readonly host: string;
  readonly port: number;
}

/** How a wait for bytes ended; `whole` is when the reader had all that it wanted. */
export type Ending = 'whole' | 'closed' | 'reset' | 'deadline' | 'refused';

export interface Wait {
  /** Takes each piece as it arrives, copies what it keeps; true when nothing more is wanted. */
  readonly take: (piece: Buffer) => boolean;
  readonly withinMs: number;
  /** Rests this long after the first piece, as a slow reader does: the server's buffers fill up. */
  readonly restMs?: number;
}

/** How long a server has to close its side once it has sent all; it decides no verdict. */
const DRAIN_MS = 250;
const CONNECT_MS = 3000;

/** How many bytes are read at once. */
const ROOM = 64 * 1024;
/** Rooms of connections that are over, for those to come. */
const FREE_ROOMS: Buffer[] = [];
const MOST_FREE = 16;

/**
 * Where the bytes of a connection come in: all in the same place, one piece after the other. Pieces that
 * each have memory of their own would have the collector look through all that there is.
 */
class Inlet {
  /** Set before the first piece can come. */
  take: (piece: Buffer) => void = () => undefined;
  readonly #room = FREE_ROOMS.pop() ?? Buffer.allocUnsafe(ROOM);

  readonly options: OnReadOpts = {
    buffer: this.#room,
    callback: (size) => {
      this.take(this.#room.subarray(0, size));
      return true;
    },
  };

  /** To be called once the connection is closed, and the system writes here no more. */
  release(): void {
    if (FREE_ROOMS.length < MOST_FREE) FREE_ROOMS.push(this.#room);
  }
}

/** One TCP connection to a server, with every byte noted. Who opens it closes it. */
export class Connection {
  readonly #socket: Socket;
  readonly #recorder: Recorder;
  readonly #number: number;
  #state: 'open' | 'closed' | 'reset' = 'open';
  #wake: () => void = () => undefined;
  #take: (piece: Buffer) => void;
  /** Pieces that came while nobody was reading. */
  readonly #unread: Buffer[] = [];

  private constructor(socket: Socket, recorder: Recorder, number: number) {
    this.#socket = socket;
    this.#recorder = recorder;
    this.#number = number;
    this.#take = (piece) => this.#unread.push(Buffer.from(piece));
    socket.on('end', () => {
      this.#settle('closed');
    });
    socket.on('error', () => {
      this.#settle('reset');
    });
    socket.on('close', () => {
      this.#settle('closed');
    });
  }

  /**
   * Connects.
   *
   * @returns undefined where the connection was refused, or nothing took it within three seconds; the
   *   recorder tells which
   * @throws MachineFault where this machine could not even try
   */
  static async open(address: Address, recorder: Recorder): Promise<Connection | undefined> {
    const number = recorder.nextConnection();
    const inlet = new Inlet();
    const onread = inlet.options;
    const socket = connect({ ...address, noDelay: true, allowHalfOpen: true, onread });
    socket.once('close', () => {
      inlet.release();
    });
    const error = await new Promise<Error | undefined>((resolve) => {
      const deadline = startDeadline(CONNECT_MS, () => {
        recorder.note({ kind: 'deadline', connection: number, afterMs: CONNECT_MS });
        resolve(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
      });
      socket.once('connect', () => {
        resolve(undefined);
      });
      socket.once('error', resolve);
      socket.once('close', () => {
        deadline.clear();
      });
      socket.once('connect', deadline.clear);
    });
    if (error === undefined) {
      recorder.note({ kind: 'connected', connection: number });
      const connection = new Connection(socket, recorder, number);
      inlet.take = (piece) => {
        connection.#note('received', piece);
        connection.#take(piece);
      };
      return connection;
    }
    socket.on('error', () => undefined).destroy();
    if (!REFUSALS.has(errorCode(error))) {
      throw new MachineFault(`cannot connect to ${address.host}`, { cause: error });
    }
    recorder.note({ kind: 'refused', connection: number });
    return undefined;
  }

  /** Sends bytes in one write. A server that has gone by now is found out by reading. */
  send(bytes: Uint8Array): void {
    this.#note('sent', Buffer.from(bytes));
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Closes this side and goes on reading. */
  finish(): void {
    if (this.#socket.writable) this.#socket.end();
  }

  /** Ends the connection with RST, as a client that is killed does. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Reads until all that is wanted came, the server ended the connection, or time is up. */
  async read(wait: Wait): Promise<Ending> {
    const ending = await this.#readOn(wait);
    if (ending === 'deadline') {
      const afterMs = wait.withinMs;
      this.#recorder.note({ kind: 'deadline', connection: this.#number, afterMs });
    }
    return ending;
  }

  async #readOn({ take, withinMs, restMs }: Wait): Promise<Ending> {
    const waiting = new Promise<Ending>((resolve) => {
      const deadline = startDeadline(withinMs, () => {
        resolve('deadline');
      });
      const end = (ending: Ending): void => {
        deadline.clear();
        resolve(ending);
      };
      this.#wake = () => {
        if (this.#state !== 'open') end(this.#state);
      };
      let rest = restMs;
      this.#take = (piece) => {
        if (rest !== undefined) this.#rest(rest);
        rest = undefined;
        if (take(piece)) end('whole');
      };
    });
    for (const piece of this.#unread.splice(0)) this.#take(piece);
    this.#wake();
    const ending = await waiting;
    this.#take = (piece) => this.#unread.push(Buffer.from(piece));
    this.#wake = () => undefined;
    return ending;
  }

  /**
   * Closes this side, gives the server a moment to close its own, and ends the connection.
   *
   * @returns the bytes that came after the last read
   */
  async close(): Promise<Buffer> {
    const late: Buffer[] = [];
    if (this.#socket.destroyed) return Buffer.concat(this.#unread.splice(0));
    this.finish();
    if (this.#state === 'open') {
      await this.#readOn({
        take: (piece) => {
          late.push(Buffer.from(piece));
          return false;
        },
        withinMs: DRAIN_MS,
      });
    } else {
      late.push(...this.#unread.splice(0));
    }
    this.#socket.destroy();
    return Buffer.concat(late);
  }

  #rest(ms: number): void {
    this.#socket.pause();
    setTimeout(() => this.#socket.resume(), ms);
  }

  #settle(state: 'closed' | 'reset'): void {
    if (this.#state !== 'open') return;
    this.#state = state;
    const kind = state === 'closed' ? 'closed-by-server' : 'reset';
    if (!this.#socket.destroyed || state === 'reset') {
      this.#recorder.note({ kind, connection: this.#number });
    }
    this.#wake();
  }

  #note(kind: 'sent' | 'received', bytes: Buffer): void {
    this.#recorder.note({ kind, connection: this.#number, bytes });
  }
}

const REFUSALS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTCONN']);
