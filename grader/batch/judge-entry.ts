import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchOutcome, BatchRecord, StandingGrade } from '../model/gradebook.ts';
import type { LabResult } from '../model/result.ts';
import type { StagedFolder } from './grade-staged.ts';
import { judgeLateness } from './lateness/judge-lateness.ts';
import { gradeThatStands } from './records.ts';
import type { RosterEntry } from './roster/roster-entry.ts';
import type { Slot } from './slot.ts';
import { finalOf, summarize, type Penalty } from './summarize.ts';
import { stageSource, type Source, type TakeInOptions } from './take-in.ts';

/** A place to grade in: a worker, and a folder that it sees. */
export interface BatchSlot {
  readonly slot: Slot;
  readonly staging: string;
}

export interface JudgeOptions extends TakeInOptions {
  /** Tells this grader, this state of the lab and what programs run in from all others. */
  readonly graderKey: string;
  readonly now: () => Date;
  /** Whether work that was graded before is graded anew. */
  readonly again: (before: BatchRecord) => boolean;
  readonly grade: (
    staged: StagedFolder,
    slot: Slot,
  ) => Promise<LabResult | Extract<BatchOutcome, { reason: string }>>;
}

/** A student, the work that was fetched, and what is known from an earlier run. */
export interface Candidate {
  readonly entry: RosterEntry;
  readonly source: Source;
  readonly before: BatchRecord | undefined;
}

/** How it went with one student. */
export interface Judged {
  readonly record: Omit<BatchRecord, 'history'>;
  /** Undefined where nothing was graded, this time. */
  readonly result?: LabResult;
}

/**
 * Stages a student's work, grades it, and judges how late it is. Work that was graded before, as it
 * is, by this grader, keeps its grade; its lateness is judged anew.
 */
export async function judgeEntry(
  { entry, source, before }: Candidate,
  { slot, staging }: BatchSlot,
  options: JudgeOptions,
): Promise<Judged> {
  const { student, repo, path } = entry;
  const commit = source.status === 'fetched' ? source.commit : undefined;
  const record = (outcome: BatchOutcome, key = ''): Judged['record'] => ({
    schema: 'wiregrade/batch-record/1',
    student,
    source: repo,
    ...(path !== undefined && { path }),
    ...(commit !== undefined && { commit }),
    key,
    gradedAt: options.now().toISOString(),
    outcome,
  });
  if ('reason' in source) return { record: record(source) };
  const into = join(staging, student.id);
  try {
    const staged = await stageSource(source, { path, into }, options);
    if (staged.status !== 'staged') return { record: record({ ...staged }) };
    const key = digestOf(options.graderKey, staged.digest);
    const submittedAt = source.status === 'fetched' ? source.committedAt : undefined;
    const penalize = (points: Earned): Penalty => {
      const earned = points.earned + points.bonusEarned;
      if (submittedAt === undefined) return { penalty: 0 };
      return judgeLateness(options.policy, { student: student.id, submittedAt, earned });
    };
    const stands = before && !options.again(before) ? gradeThatStands(before) : undefined;
    if (stands?.key === key) {
      return { record: { ...record(regrade(stands, penalize), key), gradedAt: stands.gradedAt } };
    }
    const graded = await options.grade({ entry, folder: into, commit }, slot);
    if ('reason' in graded) return { record: record(graded, key) };
    const grade = summarize(graded.stages, penalize(graded.points));
    return { record: record({ status: 'graded', grade }, key), result: graded };
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

type Earned = LabResult['points'];

/** A grade that is kept, with the lateness of today's policy. */
function regrade({ grade }: StandingGrade, penalize: (points: Earned) => Penalty): BatchOutcome {
  const { points, stages } = grade;
  const late = penalize(points);
  return {
    status: 'graded',
    grade: { points, stages, ...late, final: finalOf({ points, ...late }) },
  };
}

function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
