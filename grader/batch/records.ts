import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchRecord, GradeThen } from '../model/gradebook.ts';
import type { LabResult } from '../model/result.ts';
import { parseLabResult, parseRecord } from './parse-record.ts';
import { writeDurably } from './write-durably.ts';

/** The files of a batch that hold what is known of each student. */
export interface Records {
  /** What is known of a student; undefined where nothing is. */
  readonly read: (id: string) => BatchRecord | undefined;
  /** The latest result of a student. */
  readonly readResult: (id: string) => LabResult | undefined;
  /** Keeps a record in place of the one before, whose grade becomes history. */
  readonly keep: (record: Omit<BatchRecord, 'history'>, result?: LabResult) => BatchRecord;
}

export function openRecords(out: string): Records {
  const fileOf = (id: string): string => join(out, 'records', `${id}.json`);
  const resultOf = (id: string): string => join(out, 'results', `${id}.json`);
  const read = (id: string): BatchRecord | undefined =>
    existsSync(fileOf(id)) ? parseRecord(readFileSync(fileOf(id), 'utf8')) : undefined;
  return {
    read,
    readResult: (id) =>
      existsSync(resultOf(id)) ? parseLabResult(readFileSync(resultOf(id), 'utf8')) : undefined,
    keep: (record, result) => {
      const whole = { ...record, history: historyOf(read(record.student.id), record) };
      const { id } = record.student;
      // The result first: where the record is there, all that it stands for is there.
      if (result) writeDurably(resultOf(id), `${JSON.stringify(result)}\n`);
      writeDurably(fileOf(id), `${JSON.stringify(whole)}\n`);
      return whole;
    },
  };
}

function historyOf(
  before: BatchRecord | undefined,
  { gradedAt }: Pick<BatchRecord, 'gradedAt'>,
): readonly GradeThen[] {
  if (!before) return [];
  const { outcome, commit, history } = before;
  if (outcome.status !== 'graded' || before.gradedAt === gradedAt) return history;
  const then: GradeThen = {
    gradedAt: before.gradedAt,
    ...(commit !== undefined && { commit }),
    final: outcome.grade.final,
  };
  return [...history, then];
}
