import type { CellOptions, CellTrial } from '../cells.ts';

/** Tries whether cells work here, for this user, by running something in a real one. */
export async function tryCells(options: CellOptions): Promise<CellTrial> {
  switch (options.kind) {
    case 'bwrap': {
      const { tryBwrap } = await import('./try-bwrap.ts');
      return tryBwrap(options);
    }
    case 'docker': {
      const { tryDocker } = await import('./try-docker.ts');
      return tryDocker(options);
    }
  }
}
