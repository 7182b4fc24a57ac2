import { LIMITS } from '../cell/limits.ts';
import type { Diagnosis, LimitCode } from '../model/diagnosis.ts';
import type { Exit } from '../run/exit.ts';

/**
 * Names the limit of its cell that a program died of; undefined where it died of something else.
 *
 * @param words what it printed as an error
 */
export function diagnoseLimit(
  exit: Exit,
  words: string,
): Pick<Diagnosis, 'code' | 'proven' | 'summary'> | undefined {
  if (exit.kind === 'limit') {
    const summary = `Your program was stopped: ${SUMMARIES[exit.limit]}`;
    return { code: exit.limit, proven: true, summary };
  }
  // Each of its processes meets that limit by itself, and dies in its own way.
  if (!OUT_OF_MEMORY.test(words)) return undefined;
  return { code: 'out-of-memory', proven: true, summary: 'Your program ran out of memory.' };
}

const OUT_OF_MEMORY = /heap out of memory|^MemoryError\b|Array buffer allocation failed/m;

const mib = (bytes: number): string => `${String(bytes / 2 ** 20)} MiB`;

const SUMMARIES: Readonly<Record<LimitCode, string>> = {
  'too-much-output': `it wrote more files, or larger ones, than there is room for. One file may hold ${mib(LIMITS.file)}.`,
  'out-of-memory': `it used more memory than the ${mib(LIMITS.memory)} there are for it.`,
  'out-of-processes': `it had more than ${String(LIMITS.processes)} processes and threads.`,
  'out-of-time': `it kept the processor busy for more than ${String(LIMITS.processorSeconds)} seconds.`,
};
