import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findSubmission } from '../../course/find-submission.ts';
import { gradeFolder } from '../../grade/grade-folder.ts';
import { planGrading } from '../../grade/plan.ts';
import type { Lab } from '../../lab/check.ts';
import type { CheckResult, StageResult } from '../../model/result.ts';
import type { Environment } from '../../run/environment.ts';
import { choosePlatform } from '../../run/platform/choose.ts';
import { DEFAULT_PORTS } from '../../run/ports.ts';
import { readRuntimes } from '../../run/runtimes.ts';
import type { Finding } from './proof.ts';

/** What all gradings of a proof run share. */
export interface ExaminerOptions {
  readonly lab: Lab;
  readonly environment: Environment;
  /** The folder for the submissions that are made, and for the copies of them. */
  readonly temporary: string;
  readonly jobs: number;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** Something to be graded: who writes it into a folder, and which of the stages it is of. */
export interface Examinee {
  readonly make: (folder: string) => void;
  /** Empty for all. */
  readonly stages: readonly string[];
}

/** Makes a submission, grades it, removes it again, and tells what did not pass. */
export async function examine(
  { make, stages }: Examinee,
  seed: number,
  options: ExaminerOptions,
): Promise<readonly Finding[]> {
  const { lab, environment, temporary } = options;
  const folder = mkdtempSync(join(temporary, 'submission-'));
  try {
    mkdirSync(join(folder, 'work'));
    make(join(folder, 'work'));
    const graded = await gradeFolder({
      ...options,
      planned: planGrading(lab, stages, undefined),
      submission: findSubmission(join(folder, 'work'), lab.id),
      runtimes: readRuntimes([]),
      ports: DEFAULT_PORTS,
      seed,
      // Every process of the program, even one that leaves its family, has its folder as HOME.
      environment: { ...environment, HOME: folder },
      onStage: () => undefined,
    });
    const left = await choosePlatform(process.platform).findFamily({ leader: 0, mark: folder });
    return [
      ...graded.flatMap(listFindings),
      ...left.map((pid) => ({ line: 'a process was left behind', detail: `its id is ${pid}` })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function listFindings({ id, status, checks }: StageResult): readonly Finding[] {
  return status === 'graded' ? checks.flatMap(listFinding) : [{ line: `${id}: ${status}` }];
}

function listFinding({ id, outcome }: CheckResult): readonly Finding[] {
  switch (outcome.status) {
    case 'passed':
      return [];
    case 'failed': {
      const { code, summary, output } = outcome.diagnosis;
      const detail = output === undefined ? summary : `${summary}\n${output}`;
      return [{ line: `${id}: ${code}`, detail }];
    }
    case 'skipped':
      return [{ line: `${id}: skipped`, detail: outcome.because }];
    case 'not-judged':
      return [{ line: `${id}: not judged`, detail: outcome.because }];
    case 'broken':
      return [{ line: `${id}: broken`, detail: outcome.error }];
  }
}
