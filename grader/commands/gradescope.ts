import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openUserCell } from '../cell/users/confine-to-user.ts';
import { Users } from '../cell/users/users.ts';
import { loadLab } from '../course/load-lab.ts';
import { planGrading } from '../grade/plan.ts';
import type { Lab } from '../lab/check.ts';
import type { LabResult } from '../model/result.ts';
import { renderGradescope } from '../report/platforms/gradescope.ts';
import { renderGradescopeTrouble } from '../report/platforms/gradescope-trouble.ts';
import type { Console, ExitCode } from './console.ts';
import { gradeWork } from './grade-work.ts';
import { readUserRange } from './read-user-range.ts';
import { takeInFolder } from './take-in-folder.ts';
import { writeWhole } from './write-whole.ts';

/** The options of `gradescope`, as they are typed. */
export interface GradescopeOptions {
  readonly from: string;
  readonly results: string;
  readonly users: string;
}

/**
 * Grades what was handed in at Gradescope, as root of its container, and writes the one file that is
 * read from it. Whatever breaks, the file says so, and blames nobody.
 */
export async function gradescopeCommand(
  labId: string,
  options: GradescopeOptions,
  console: Console,
): Promise<ExitCode> {
  try {
    const users = new Users(readUserRange(options.users));
    const graded = await gradeHandedIn(await loadLab(labId), { ...options, users }, console);
    writeWhole(options.results, renderGradescope(graded.result, graded.remarks));
    return 0;
  } catch (error) {
    console.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    writeWhole(options.results, renderGradescopeTrouble(reason));
    throw error;
  }
}

interface Graded {
  readonly result: LabResult;
  /** Why nothing of the work was graded, where that is the student's to mend. */
  readonly remarks: readonly string[];
}

async function gradeHandedIn(
  lab: Lab,
  { from, users }: { readonly from: string; readonly users: Users },
  { environment, signal }: Console,
): Promise<Graded> {
  const scratch = mkdtempSync(join(environment.TMPDIR ?? tmpdir(), 'wiregrade-work-'));
  const tools = { environment, signal };
  try {
    const places = { folder: resolve(from), scratch };
    const { submission, remarks } = await takeInFolder(lab, places, tools);
    const planned = planGrading(lab, [], undefined);
    const cell = openUserCell(users);
    const work = { lab, submission, path: from, planned, sandbox: 'users', cell } as const;
    return { result: await gradeWork(work, tools), remarks };
  } finally {
    // Nobody is left who could write anywhere when the results are written.
    await users.endAll();
    rmSync(scratch, { recursive: true, force: true });
  }
}
