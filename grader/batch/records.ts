import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchRecord, GradeThen, StandingGrade } from '../model/gradebook.ts';
import type { LabResult } from '../model/result.ts';
import { parseLabResult, parseRecord } from './parse-record.ts';
import { writeDurably } from './write-durably.ts';

/** The files of a batch that hold what is known of each student. */
export interface Records {
  /** What is known of a student; undefined where nothing is. */
  readonly read: (id: string) => BatchRecord | undefined;
  /** The latest result of a student. */
  readonly readResult: (id: string) => LabResult | undefined;
  /** Keeps a record in place of the one before, whose grade becomes history, or stands if this broke. */
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
      const whole = follow(record, read(record.student.id));
      const { id } = record.student;
      // The result first: where the record is there, all that it stands for is there.
      if (result) writeDurably(resultOf(id), `${JSON.stringify(result)}\n`);
      writeDurably(fileOf(id), `${JSON.stringify(whole)}\n`);
      return whole;
    },
  };
}

function follow(
  record: Omit<BatchRecord, 'history'>,
  before: BatchRecord | undefined,
): BatchRecord {
  const stood = before && gradeThatStands(before);
  const history = before?.history ?? [];
  const { outcome } = record;
  if (outcome.status === 'broken') {
    return { ...record, outcome: { ...outcome, ...(stood && { stands: stood }) }, history };
  }
  // The same grade once more, as it was kept, is no other one.
  const isReplaced = stood !== undefined && stood.gradedAt !== record.gradedAt;
  return { ...record, history: isReplaced ? [...history, remember(stood)] : history };
}

/** The grade that a record holds: its own, or the one that a broken grading left as it was. */
export function gradeThatStands({
  commit,
  key,
  gradedAt,
  outcome,
}: BatchRecord): StandingGrade | undefined {
  switch (outcome.status) {
    case 'graded':
      return { ...(commit !== undefined && { commit }), key, gradedAt, grade: outcome.grade };
    case 'broken':
      return outcome.stands;
    case 'nothing':
    case 'refused':
      return undefined;
  }
}

function remember({ gradedAt, commit, grade }: StandingGrade): GradeThen {
  return { gradedAt, ...(commit !== undefined && { commit }), final: grade.final };
}
