import { createCipheriv, createHash } from 'node:crypto';

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
  const key = createHash('sha256')
    .update(`${String(seed)} ${purpose}`)
    .digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const bytes = (length: number): Buffer => stream.update(Buffer.alloc(length));
  // 32 bits against a handful of choices: the bias of the remainder is of no account here.
  const integer = (below: number): number => bytes(4).readUInt32BE() % below;
  const word = (length = 8): string =>
    Array.from({ length }, () => String.fromCharCode(97 + integer(26))).join('');
  const line = (): string => Array.from({ length: 6 }, () => word(3 + integer(6))).join(' ');
  const text = (lines: number): string =>
    Array.from({ length: lines }, () => `${line()}\n`).join('');
  return { integer, word, bytes, text };
}
