import { holds, type ProofRun } from '../release/proofs/proof.ts';
import type { Console } from './console.ts';

/** Lines of progress where a line cannot be written over. */
const LINES = 5;

export interface Progress {
  readonly begin: (gradings: number) => void;
  readonly step: (run: ProofRun) => void;
  readonly end: () => void;
}

/** Shows how far the proof has come: on a terminal in one line, else in a few. */
export function reportProgress({ out, rewrites }: Console): Progress {
  let all = 0;
  let done = 0;
  let unexpected = 0;
  const describe = (): string => {
    const odd = unexpected === 0 ? '' : `, ${String(unexpected)} not as expected`;
    return `  graded ${String(done)} of ${String(all)}${odd}`;
  };
  return {
    begin: (gradings) => {
      all = gradings;
    },
    step: (run) => {
      done += 1;
      if (!holds(run)) unexpected += 1;
      const isDue = Math.floor((done * LINES) / all) > Math.floor(((done - 1) * LINES) / all);
      if (rewrites) out(`\r${describe()}`);
      else if (isDue) out(`${describe()}\n`);
    },
    end: () => {
      out(rewrites ? '\r\x1b[K' : '\n');
    },
  };
}
