import type { Readable } from 'node:stream';

/** Lines of a stream, one at a time; undefined once it has ended. */
export interface Lines {
  readonly next: () => Promise<string | undefined>;
}

/** How long a line may be, in characters, where nothing else is said. */
const LONGEST = 10_000;
/** How many lines may wait to be asked for. */
const MOST_LINES = 100;

/**
 * Reads a stream that says few words. What comes together is kept until it is asked for. One that says
 * too much is at its end: a program may have got hold of the other one.
 */
export function readLines(stream: Readable, longest = LONGEST): Lines {
  const lines: string[] = [];
  const pieces: string[] = [];
  let length = 0;
  let isOver = false;
  let wake = (): void => undefined;
  const end = (): void => {
    isOver = true;
    wake();
  };
  const take = (piece: string): void => {
    const parts = piece.split('\n');
    const rest = parts.pop() ?? '';
    if (parts.length > 0) {
      lines.push(`${pieces.splice(0).join('')}${parts.shift() ?? ''}`, ...parts);
      length = 0;
    }
    pieces.push(rest);
    length += rest.length;
    if (length > longest || lines.length > MOST_LINES) {
      stream.off('data', take).resume();
      end();
    }
    wake();
  };
  stream.setEncoding('utf8').on('data', take);
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
