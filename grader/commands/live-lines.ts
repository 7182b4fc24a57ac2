import type { Console } from './console.ts';

/** Lines at the end of a terminal's output that are drawn anew, while others are printed above them. */
export interface LiveLines {
  /** Prints lines for good. */
  readonly print: (text: string) => void;
  /** Draws the live lines as they are now. */
  readonly draw: () => void;
  /** Takes them away. */
  readonly end: () => void;
}

/** How often what changes with time is drawn. */
const REDRAW_MS = 1000;

/**
 * Keeps lines alive on a terminal; where the output is none, only what is printed for good is shown.
 *
 * @param lines gives them as they are to be now; each is cut at the terminal's width
 */
export function openLiveLines(
  { out, rewrites, width }: Pick<Console, 'out' | 'rewrites' | 'width'>,
  lines: () => readonly string[],
): LiveLines {
  if (!rewrites) return { print: out, draw: () => undefined, end: () => undefined };
  let drawn = 0;
  // Up to the first of them, and all from there on away.
  const clear = (): string => (drawn === 0 ? '' : `\x1b[${String(drawn)}A\x1b[J`);
  const redraw = (before: string): void => {
    const now = lines().map((line) => `${line.slice(0, width - 1)}\n`);
    // In one piece, so that nothing flickers.
    out(`${clear()}${before}${now.join('')}`);
    drawn = now.length;
  };
  const timer = setInterval(() => redraw(''), REDRAW_MS).unref();
  return {
    print: redraw,
    draw: () => redraw(''),
    end: () => {
      clearInterval(timer);
      out(clear());
      drawn = 0;
    },
  };
}
