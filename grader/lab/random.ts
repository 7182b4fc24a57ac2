import { createCipheriv, createHash, type Cipher } from 'node:crypto';

/** Names and contents that no program can know beforehand, and that a seed gives back. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  readonly integer: (below: number) => number;
  /** A word of lower-case letters. */
  readonly word: (length?: number) => string;
  readonly bytes: (length: number) => Buffer;
  /** Lines of words, each ended by LF. */
  readonly text: (lines: number) => string;
}

/**
 * Makes a source of randomness.
 *
 * @param seed the run's seed, which is printed
 * @param purpose what it is for; each purpose has a sequence of its own, so that the order in which
 *   stages happen to run changes nothing
 */
export function seededRandom(seed: number, purpose: string): Random {
  const stream = new Stream(`${String(seed)} ${purpose}`);
  const bytes = (length: number): Buffer => stream.read(length);
  // 32 bits against a handful of choices: the bias of the remainder is of no account here.
  const integer = (below: number): number => bytes(4).readUInt32BE() % below;
  const word = (length = 8): string =>
    Array.from({ length }, () => String.fromCharCode(97 + integer(26))).join('');
  const line = (): string => Array.from({ length: 6 }, () => word(3 + integer(6))).join(' ');
  const text = (lines: number): string =>
    Array.from({ length: lines }, () => `${line()}\n`).join('');
  return { integer, word, bytes, text };
}

/** How many bytes are made ahead: nearly all that is asked for is a few bytes at a time. */
const AHEAD = 512;

/** An endless stream of bytes that its name decides. Nothing is made before something is asked for. */
class Stream {
  readonly #name: string;
  #cipher: Cipher | undefined;
  #ahead = Buffer.alloc(0);

  constructor(name: string) {
    this.#name = name;
  }

  read(length: number): Buffer {
    if (length > this.#ahead.byteLength) {
      const more = this.#make(length - this.#ahead.byteLength + AHEAD);
      this.#ahead = Buffer.concat([this.#ahead, more]);
    }
    const bytes = this.#ahead.subarray(0, length);
    this.#ahead = this.#ahead.subarray(length);
    return bytes;
  }

  #make(length: number): Buffer {
    if (!this.#cipher) {
      const key = createHash('sha256').update(this.#name).digest();
      this.#cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
    }
    return this.#cipher.update(Buffer.alloc(length));
  }
}
