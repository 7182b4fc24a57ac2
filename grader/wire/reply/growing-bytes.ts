/** Bytes that grow at their end, in time linear in how many there are. */
export class GrowingBytes {
  #bytes: Buffer;
  #size = 0;

  /** @param capacity how many bytes there is room for at first */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** All of them. They must not be changed, and the next `append` may move them. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  append(more: Uint8Array): void {
    const needed = this.#size + more.byteLength;
    const capacity = this.#bytes.byteLength;
    if (needed > capacity) this.reserve(Math.max(needed, 2 * capacity));
    this.#bytes.set(more, this.#size);
    this.#size = needed;
  }

  /** Makes room for this many bytes, all told. */
  reserve(capacity: number): void {
    if (capacity <= this.#bytes.byteLength) return;
    const larger = Buffer.allocUnsafe(capacity);
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}
