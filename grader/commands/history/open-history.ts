import { join, resolve, sep } from 'node:path';
import { PROJECT } from '../../course/project.ts';
import type { DiagnosisCode } from '../../model/diagnosis.ts';
import { compareWith, type Progress, type Standing } from '../../model/progress.ts';
import type { CheckResult, LabResult } from '../../model/result.ts';
import type { Console } from '../console.ts';
import type { Choice } from '../grade-asked.ts';
import { addToHistory, mayAddTo, readHistory } from './history-file.ts';
import type { RunRecord, Told } from './run-record.ts';

/** What is remembered of earlier runs of the same lab and submission. */
export interface History {
  /** False where nothing is kept. */
  readonly remembers: boolean;
  /** What has changed in each check since it was last asked. */
  readonly compare: (result: LabResult) => Progress;
  /** How deep the hints on a failure went so far; 0 where none was shown. */
  readonly levelOf: (check: string, code: DiagnosisCode) => number;
  /** Remembers a run, and hints that were shown. */
  readonly add: (run: Pick<RunRecord, 'passed' | 'failed' | 'told'>) => void;
}

/**
 * Opens the history of what was graded. There is one for work that lies in `labs/`, where students do
 * theirs; not for solutions, nor for what others made, nor where nobody will run it again.
 */
export function openHistory(
  { lab, submission: { path } }: Pick<LabResult, 'lab' | 'submission'>,
  choice: Choice & { readonly history: boolean },
  { environment }: Pick<Console, 'environment'>,
): History {
  const submission = resolve(path);
  const isOwn = choice.url === undefined && submission.startsWith(join(PROJECT, 'labs') + sep);
  if (!choice.history || !isOwn || choice.sandbox === 'within' || isOn(environment.CI)) return NONE;
  const file = join(PROJECT, '.wiregrade/history.jsonl');
  const records = readHistory(file).filter(
    (each) => each.lab === lab && each.submission === submission,
  );
  return {
    remembers: mayAddTo(file),
    compare: ({ stages }) =>
      compareWith(
        standingOf(records),
        stages.flatMap(({ checks }) => checks),
      ),
    levelOf: (check, code) => findLevel(records, check, code),
    add: (run) => {
      addToHistory(file, { lab, submission, ...run });
    },
  };
}

/** The checks of a result that were asked, by how they ended. */
export function recordChecks({ stages }: LabResult): Pick<RunRecord, 'passed' | 'failed'> {
  const checks = stages.flatMap((stage) => stage.checks);
  const idsOf = (status: CheckResult['outcome']['status']): string[] =>
    checks.filter(({ outcome }) => outcome.status === status).map(({ id }) => id);
  return { passed: idsOf('passed'), failed: idsOf('failed') };
}

const NONE: History = {
  remembers: false,
  compare: () => ({ fixed: 0, broken: 0 }),
  levelOf: () => 0,
  add: () => undefined,
};

/** A check is compared with the last time that it was asked, whatever was run in between. */
function standingOf(records: readonly RunRecord[]): Standing {
  return new Map(
    records.flatMap(({ passed, failed }) => [
      ...passed.map((id) => [id, 'passed'] as const),
      ...failed.map((id) => [id, 'failed'] as const),
    ]),
  );
}

/** Hints begin anew where the check has passed, or fails for another reason. */
function findLevel(records: readonly RunRecord[], check: string, code: DiagnosisCode): number {
  let last: Pick<Told, 'code' | 'level'> | undefined;
  for (const { passed, told } of records) {
    if (passed.includes(check)) last = undefined;
    const again = told.find((each) => each.check === check);
    if (again && again.code === last?.code) {
      last = { ...again, level: Math.max(last.level, again.level) };
    } else last = again ?? last;
  }
  return last?.code === code ? last.level : 0;
}

function isOn(variable: string | undefined): boolean {
  return variable !== undefined && !['', '0', 'false'].includes(variable);
}
