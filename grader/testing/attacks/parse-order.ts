import type { Exit } from '../../run/exit.ts';

/** An attack that is to be run. */
export interface Order {
  /** The program's text, the name of its file, and what runs that. */
  readonly program: string;
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The arguments with which it is run in the same place before; undefined: it is not. */
  readonly before?: readonly string[];
  /** When it is stopped. */
  readonly withinMs: number;
}

/** What was seen of an attack. */
export interface Seen {
  readonly stdout: string;
  /** How many bytes it printed. */
  readonly printed: number;
  readonly stderr: string;
  readonly exit: Exit;
  readonly ms: number;
}

export function parseOrder(line: string): Order {
  return JSON.parse(line) as Order;
}

export function parseSeen(line: string): Seen {
  return JSON.parse(line) as Seen;
}
