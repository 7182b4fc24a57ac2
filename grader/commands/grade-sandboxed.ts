import { closeInherited } from '../cell/close-inherited.ts';
import { openCell, type Cell } from '../cell/confinement.ts';
import { roomsOf } from '../cell/bwrap/outer.ts';
import { gradeFolder, type GradeFolderOptions } from '../grade/grade-folder.ts';
import type { StageResult } from '../model/result.ts';
import { findCommand } from '../run/find-command.ts';

export interface GradeSandboxedOptions extends GradeFolderOptions {
  readonly sandbox: 'bwrap' | 'none' | 'within';
  /** The one check to be asked, where only one is. */
  readonly only: string | undefined;
}

/** Grades a submission in what was asked for. @throws UsageError where that cannot be had here */
export async function gradeSandboxed(
  options: GradeSandboxedOptions,
): Promise<readonly StageResult[]> {
  const { sandbox, only, lab, planned, ports, jobs, seed, environment } = options;
  switch (sandbox) {
    case 'none':
      return gradeFolder(options);
    case 'within':
      return gradeFolder({ ...options, cell: openCellWithin(planned.length, environment) });
    case 'bwrap': {
      const { gradeInCell } = await import('./grade-in-cell.ts');
      const stages = await gradeInCell({
        ...options,
        lab: lab.id,
        stages: planned.map(({ stage }) => stage.id),
        folder: options.submission.root,
        repeated: [
          ...['--seed', String(seed), '--jobs', String(jobs)],
          ...['--ports', `${String(ports.first)}-${String(ports.last)}`],
          ...(only === undefined ? [] : ['--only', only]),
        ],
      });
      for (const stage of stages) options.onStage(stage);
      return stages;
    }
  }
}

/** Makes ready for cells within the one that we run in. */
export function openCellWithin(
  rooms: number,
  environment: GradeFolderOptions['environment'],
): Cell {
  closeInherited();
  const bwrap = findCommand('bwrap', environment);
  if (bwrap === undefined) throw new Error('there is no bubblewrap in the cell');
  return openCell({ folder: '/tmp', rooms: roomsOf(rooms), bwrap });
}
