import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadLab } from '../course/load-lab.ts';
import { planGrading } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import { printText } from '../model/bytes.ts';
import type { LabResult, Sandbox } from '../model/result.ts';
import { renderClassroom50 } from '../report/platforms/classroom50.ts';
import { readClassroom50 } from '../report/platforms/classroom50-facts.ts';
import type { Console, ExitCode } from './console.ts';
import { DEFAULT_IMAGE } from './default-image.ts';
import { gradeWork } from './grade-work.ts';
import { openReports } from './reports.ts';
import { chooseCells, findTrouble } from './require-cell.ts';
import { takeInFolder, type TakenIn } from './take-in-folder.ts';
import { refuseUnwritable, writeWhole } from './write-whole.ts';

/** The options of `classroom50`, as they are typed. */
export interface Classroom50Options {
  readonly from: string;
  readonly result: string;
}

/**
 * Grades a student's checkout as the runner of Classroom 50, shows what a terminal would show, and
 * writes the one file that is read there. Work that cannot be taken in has no points, and the reason
 * is told; where anything of ours breaks, no file is written.
 *
 * @throws UsageError where the environment does not say what Classroom 50 says of a submission
 */
export async function classroom50Command(
  labId: string,
  { from, result: file }: Classroom50Options,
  console: Console,
): Promise<ExitCode> {
  const { environment, signal } = console;
  const facts = readClassroom50(environment);
  refuseUnwritable(file);
  const lab = await loadLab(labId);
  const temporary = realpathSync(environment.TMPDIR ?? tmpdir());
  const scratch = mkdtempSync(join(temporary, 'wiregrade-work-'));
  try {
    const places = { folder: resolve(from), scratch };
    const taken = await takeInFolder(lab, places, { environment, signal });
    for (const remark of taken.remarks) console.err(`wiregrade: ${printText(remark)}\n`);
    const result = await gradeCheckout(lab, { ...taken, from }, console);
    writeWhole(file, renderClassroom50(result, facts, taken.remarks));
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function gradeCheckout(
  lab: Lab,
  { submission, remarks, from }: TakenIn & { readonly from: string },
  console: Console,
): Promise<LabResult> {
  // Where nothing was taken in, nothing runs.
  const sandbox = remarks.length > 0 ? 'none' : await chooseSandbox(console);
  const planned = planGrading(lab, [], undefined);
  const choice = { from, runtime: [], sandbox, image: DEFAULT_IMAGE };
  const asked = { lab: lab.id, stages: [], format: [], choice };
  const { begin, onStage, end } = await openReports(asked, console);
  const ids = planned.map(({ stage }) => stage.id);
  begin({ lab: lab.id, title: lab.title }, ids);
  const work = { lab, submission, path: from, planned, sandbox, traced: 'all', onStage } as const;
  const result = await gradeWork(work, console);
  end(result, { remembers: false });
  return result;
}

async function chooseSandbox(console: Console): Promise<Exclude<Sandbox, 'docker'>> {
  const cells = chooseCells({ sandbox: 'bwrap', image: DEFAULT_IMAGE }, console);
  const trouble = cells && (await findTrouble(cells));
  if (trouble === undefined) return 'bwrap';
  console.out(`Programs run as this user, since ${printText(trouble)}\n`);
  return 'none';
}
