import { GrowingBytes } from './growing-bytes.ts';

/** Bytes that are known to the reader, in pieces. */
export type KnownPieces = readonly Buffer[];

/**
 * Bytes that grow at their end, and may go on as they are known to. As long as they do, they are compared
 * and not kept: memory for a large reply costs more than all else that is done with it.
 */
export class FollowedBytes {
  readonly #kept: GrowingBytes;
  #followed: Place | undefined;

  /** @param capacity how many bytes there is room for at first */
  constructor(capacity: number) {
    this.#kept = new GrowingBytes(capacity);
  }

  get size(): number {
    return this.#kept.size + (this.#followed?.taken ?? 0);
  }

  /** All of them. They must not be changed, and the next `append` may move them. */
  get bytes(): Buffer {
    this.#stopFollowing();
    return this.#kept.bytes;
  }

  /** Whether they have gone on as is known, to the end of what is known. */
  get areAsKnown(): boolean {
    return this.#followed?.isAtEnd === true;
  }

  append(more: Buffer): void {
    if (this.#followed?.take(more) === true) return;
    this.#stopFollowing();
    this.#kept.append(more);
  }

  /** Makes room for this many bytes, all told. */
  reserve(capacity: number): void {
    this.#kept.reserve(capacity);
  }

  /** Says how they may go on behind the first `start` bytes; what stands there by now is looked at too. */
  follow(start: number, known: KnownPieces): void {
    const place = new Place(known);
    if (!place.take(this.#kept.bytes.subarray(start))) return;
    place.startHere();
    this.#followed = place;
  }

  #stopFollowing(): void {
    const place = this.#followed;
    if (!place) return;
    this.#followed = undefined;
    this.#kept.reserve(this.#kept.size + place.taken);
    for (const piece of place.read()) this.#kept.append(piece);
  }
}

/** A place in known bytes, which moves on over those that are given. */
class Place {
  readonly #known: KnownPieces;
  #index = 0;
  #within = 0;
  #start = { index: 0, within: 0 };
  /** How many bytes were taken since the start. */
  taken = 0;

  constructor(known: KnownPieces) {
    this.#known = known;
  }

  get isAtEnd(): boolean {
    return this.#index === this.#known.length;
  }

  /** Makes what has been taken by now no part of what was taken. */
  startHere(): void {
    this.#start = { index: this.#index, within: this.#within };
    this.taken = 0;
  }

  /** Takes bytes where they are the next ones. @returns false where they are not, and none were taken */
  take(bytes: Buffer): boolean {
    let [index, within] = [this.#index, this.#within];
    for (let at = 0; at < bytes.byteLength;) {
      const next = this.#known[index]?.subarray(within);
      if (next === undefined) return false;
      const length = Math.min(next.byteLength, bytes.byteLength - at);
      if (!next.subarray(0, length).equals(bytes.subarray(at, at + length))) return false;
      at += length;
      [index, within] = length === next.byteLength ? [index + 1, 0] : [index, within + length];
    }
    [this.#index, this.#within] = [index, within];
    this.taken += bytes.byteLength;
    return true;
  }

  /** Gives what was taken. */
  *read(): Generator<Buffer> {
    let left = this.taken;
    for (let { index, within } = this.#start; left > 0; index += 1, within = 0) {
      const piece = this.#known[index]?.subarray(within, within + left) ?? Buffer.alloc(0);
      left -= piece.byteLength;
      yield piece;
    }
  }
}
