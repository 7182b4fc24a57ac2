import { gradeJson } from '../cli.ts';
import { openArena } from './arena.ts';
import type { Target } from './target.ts';

export const BWRAP_TARGET: Target = {
  openArena,
  grade: (args) => gradeJson([...args, '--sandbox', 'bwrap']),
  ownProcesses: 2, // bubblewrap's, and the shell that waits
};
