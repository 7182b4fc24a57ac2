import { constants } from 'node:os';
import type { LimitCode } from '../model/diagnosis.ts';

/** How a program ended. */
export type Exit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'limit'; readonly limit: LimitCode };

/** How a program ended, in words: `with exit code 1`, `by SIGSEGV`. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case 'code':
      return `with exit code ${String(exit.code)}`;
    case 'signal':
      return `by ${exit.signal}`;
    case 'limit':
      return LIMIT_WORDS[exit.limit];
  }
}

/** Whether a program ended as one that has nothing left to do. */
export function isQuiet(exit: Exit): boolean {
  return exit.kind === 'code' && exit.code === 0;
}

const LIMIT_WORDS: Readonly<Record<LimitCode, string>> = {
  'too-much-output': 'because it wrote more files than there is room for',
  'out-of-memory': 'because it used more memory than there is for it',
  'out-of-processes': 'because it started more processes than it may have',
  'out-of-time': 'because it kept the processor busy for too long',
};

/** Reads how a shell tells of an end: a signal's number comes on top of 128. */
export function readStatus(status: number): Exit {
  const signal = Object.entries(constants.signals).find(([, number]) => number === status - 128);
  if (!signal) return { kind: 'code', code: status };
  const limit = LIMIT_SIGNALS.get(signal[0]);
  return limit ? { kind: 'limit', limit } : { kind: 'signal', signal: signal[0] };
}

/** By these the kernel says that a limit was passed. */
const LIMIT_SIGNALS: ReadonlyMap<string, LimitCode> = new Map([
  ['SIGXCPU', 'out-of-time'],
  ['SIGXFSZ', 'too-much-output'],
]);
