import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { Language } from './runtimes.ts';

/** What the first line of an executable says of it. */
export interface Shebang {
  readonly language: Language;
  /** The interpreter, by name or path, and its own arguments. */
  readonly interpreter: readonly [string, ...string[]];
}

/** Reads the first line of an executable file; undefined where it names no interpreter. */
export function readShebang(path: string): Shebang | undefined {
  const words = readFirstLine(path).replace(/^#!/, '').trim().split(/\s+/);
  const behindEnv = basename(words[0] ?? '') === 'env' ? words.slice(1) : words;
  // What env takes for itself: -S, and variables to set.
  const [command, ...args] = behindEnv.filter((word) => !/^-S$|^\w+=/.test(word));
  if (command === undefined || command === '') return undefined;
  const name = command.replace(/^-S/, '');
  return { language: languageOf(basename(name)), interpreter: [name, ...args] };
}

function languageOf(command: string): Language {
  if (/^(?:python|pypy)[\d.]*$/.test(command)) return 'python';
  return /^node(?:js)?$/.test(command) ? 'javascript' : 'other';
}

/** Systems read no more of a first line than this. */
const LONGEST_LINE = 256;

function readFirstLine(path: string): string {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(LONGEST_LINE);
    const length = readSync(file, start);
    const text = start.toString('utf8', 0, length);
    return text.startsWith('#!') ? (text.split('\n')[0] ?? '') : '';
  } finally {
    closeSync(file);
  }
}
