import type { CellOptions, Cells } from './cells.ts';

/**
 * Opens the cells of a coordinator. Who opens them closes them.
 *
 * @throws UsageError where they have no place
 */
export async function openCells(options: CellOptions): Promise<Cells> {
  switch (options.kind) {
    case 'bwrap': {
      const { openBwrapCells } = await import('./bwrap/open-bwrap-cells.ts');
      return openBwrapCells(options);
    }
    case 'docker': {
      const { openDockerCells } = await import('./docker/open-docker-cells.ts');
      return openDockerCells(options);
    }
  }
}
