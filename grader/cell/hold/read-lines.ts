import type { Readable } from 'node:stream';

/** Lines of a stream, one at a time; undefined once it has ended. */
export interface Lines {
  readonly next: () => Promise<string | undefined>;
}

/** Reads a stream that says few words. What comes together is kept until it is asked for. */
export function readLines(stream: Readable): Lines {
  const lines: string[] = [];
  let rest = '';
  let isOver = false;
  let wake = (): void => undefined;
  stream.on('data', (piece: Buffer) => {
    const parts = `${rest}${piece.toString()}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  const end = (): void => {
    isOver = true;
    wake();
  };
  stream.once('end', end).once('error', end).once('close', end);
  return {
    next: async () => {
      while (lines.length === 0 && !isOver) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return lines.shift();
    },
  };
}
