import type { Readable } from 'node:stream';

const KEPT = 64 * 1024;
const FREE = 1024 * 1024;
const THROTTLE_MS = 5;

/**
 * What a program prints, of which the first and the last 64 KiB are kept. Printing is no fault, so
 * all of it is read; past 1 MiB slowly, so that a flood cannot drown the other stages.
 */
export class CapturedOutput {
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #size = 0;
  #watchers = new Set<() => void>();

  constructor(stream: Readable) {
    stream.on('data', (piece: Buffer) => {
      this.#keep(piece);
      if (this.#size > FREE) {
        stream.pause();
        setTimeout(() => stream.resume(), THROTTLE_MS).unref();
      }
    });
    stream.on('error', () => undefined);
  }

  /** How many bytes were printed, all told. */
  get size(): number {
    return this.#size;
  }

  /** What was printed, as UTF-8; a gap is shown as a line of its own. */
  text(): string {
    const gap = this.#size - this.#head.byteLength - this.#tail.byteLength;
    const between = gap > 0 ? `\n... ${String(gap)} bytes ...\n` : '';
    return `${this.#head.toString()}${between}${this.#tail.toString()}`;
  }

  /** Waits until the text was printed. Gives false when it was not in time. */
  async includes(text: string, withinMs: number): Promise<boolean> {
    const printed = (): boolean => this.text().includes(text);
    if (printed()) return true;
    return new Promise((resolve) => {
      const finish = (found: boolean): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(found);
      };
      const look = (): void => {
        if (printed()) finish(true);
      };
      const timer = setTimeout(() => {
        finish(printed());
      }, withinMs);
      this.#watchers.add(look);
    });
  }

  #keep(piece: Buffer): void {
    this.#size += piece.byteLength;
    const room = KEPT - this.#head.byteLength;
    if (room > 0) this.#head = Buffer.concat([this.#head, piece.subarray(0, room)]);
    const rest = piece.subarray(Math.max(0, room));
    if (rest.byteLength > 0) this.#tail = Buffer.concat([this.#tail, rest]).subarray(-KEPT);
    for (const look of this.#watchers) look();
  }
}
