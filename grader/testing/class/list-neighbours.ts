import type { Lab } from '../../lab/check.ts';
import { IN_TIME, type Files, type Fork } from './fork.ts';
import * as programs from './hostile-programs.ts';
import { solved } from './list-works.ts';
import { fullMarks } from './marks.ts';

/** Neighbours that take what they can of the machine; their own grades are of no account. */
export function listNeighbours(): readonly Fork[] {
  const neighbour = (id: string, files: Files): Fork => ({
    id,
    commits: [{ at: IN_TIME, files }],
    hostile: true,
    expected: { status: 'graded', stages: {}, bonus: 0 },
  });
  return [
    neighbour('spinning', { 'echo_server.py': programs.SPINS_IN_CHILDREN }),
    neighbour('flooding', { 'echo_server.py': programs.FLOODS_WHILE_ASKED }),
    neighbour('forking', { 'echo_server.py': programs.FORKS_WITHOUT_END }),
  ];
}

/** Ordinary students, whose grades must not depend on who is graded beside them. */
export function listOrdinary(lab: Lab): readonly Fork[] {
  return ['echo_server', 'http_serve1', 'http_serve2', 'http_serve4', 'http_serve5'].map(
    (stage): Fork => ({
      id: `ordinary-${stage}`,
      commits: [{ at: IN_TIME, files: solved(stage) }],
      expected: fullMarks(lab, stage),
    }),
  );
}
