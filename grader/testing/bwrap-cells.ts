import { tmpdir } from 'node:os';
import type { CellOptions } from '../cell/cells.ts';
import { PROJECT } from '../course/project.ts';
import { ENVIRONMENT } from './cli.ts';

/** The cells of bubblewrap's that this machine has, if it has any. */
export const BWRAP_CELLS: CellOptions = {
  kind: 'bwrap',
  image: '',
  project: PROJECT,
  temporary: tmpdir(),
  environment: ENVIRONMENT,
};
