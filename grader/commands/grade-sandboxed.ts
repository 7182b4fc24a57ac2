import type { CellKind } from '../cell/cells.ts';
import { gradeFolder, type GradeFolderOptions } from '../grade/grade-folder.ts';
import type { StageResult } from '../model/result.ts';
import { PROJECT } from '../course/project.ts';
import { openCellWithin } from './open-cell-within.ts';

export interface GradeSandboxedOptions extends GradeFolderOptions {
  readonly sandbox: CellKind | 'none' | 'within';
  readonly image: string;
  /** Of a grader that runs in a cell: how many file systems for copies it has. */
  readonly rooms: number;
  /** Likewise: where containers are asked for, if it is one. */
  readonly through: string | undefined;
  /** What was typed of `--runtime`. */
  readonly typed: readonly string[];
  /** The one check to be asked, where only one is. */
  readonly only: string | undefined;
}

/** Grades a submission in what was asked for. @throws UsageError where that cannot be had here */
export async function gradeSandboxed(
  options: GradeSandboxedOptions,
): Promise<readonly StageResult[]> {
  const { sandbox, image, rooms, through, only, lab, planned, ports, jobs, seed } = options;
  const { environment, temporary } = options;
  switch (sandbox) {
    case 'none':
      return gradeFolder(options);
    case 'within':
      return gradeFolder({
        ...options,
        cell: await openCellWithin({ rooms, through, environment }),
      });
    case 'bwrap':
    case 'docker': {
      const { gradeInCell } = await import('./grade-in-cell.ts');
      const stages = await gradeInCell({
        ...options,
        lab: lab.id,
        stages: planned.map(({ stage }) => stage.id),
        folder: options.submission.root,
        cells: { kind: sandbox, image, project: PROJECT, temporary, environment },
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
