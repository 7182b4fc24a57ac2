import pLimit from 'p-limit';
import type { BatchRecord } from '../model/gradebook.ts';
import type { LabResult } from '../model/result.ts';
import { judgeEntry, type BatchSlot, type JudgeOptions } from './judge-entry.ts';
import type { Journal } from './journal.ts';
import { runInSlots } from './pool.ts';
import type { Records } from './records.ts';
import type { RosterEntry } from './roster/roster-entry.ts';
import { fetchWork, type Source } from './take-in.ts';

/** What is told of a batch while it goes on. */
interface BatchEvents {
  /** A slot begins with a student. */
  readonly onBegin: (slot: number, entry: RosterEntry) => void;
  /** A student is done; `before` is what was known of an earlier run. */
  readonly onRecord: (slot: number, record: BatchRecord, before: BatchRecord | undefined) => void;
}

export interface RunBatchOptions extends JudgeOptions, BatchEvents {
  readonly entries: readonly RosterEntry[];
  readonly slots: readonly BatchSlot[];
  readonly records: Records;
  readonly journal: Journal;
  /** Writes what a student reads, once the record is kept. */
  readonly writeFeedback: (record: BatchRecord, result: LabResult | undefined) => void;
}

/** Repositories that are fetched at once: most of it is waiting for a network. */
const FETCHED_AT_ONCE = 4;

/**
 * Grades everybody on a roster. Each student is recorded, for good, as soon as they are done.
 *
 * @throws the signal's reason, or what no student's work is to blame for
 */
export async function runBatch(options: RunBatchOptions): Promise<void> {
  const { entries, slots, records, journal, writeFeedback, signal } = options;
  const fetching = pLimit(FETCHED_AT_ONCE);
  const sources = new Map<RosterEntry, Promise<Source>>();
  for (const entry of entries) {
    const source = fetching(() => fetchWork(entry, options));
    // What is thrown is heard of when it is this student's turn.
    source.catch(() => undefined);
    sources.set(entry, source);
  }
  const task = async (entry: RosterEntry, slot: BatchSlot, index: number): Promise<void> => {
    signal.throwIfAborted();
    options.onBegin(index, entry);
    const before = records.read(entry.student.id);
    const source = await sources.get(entry);
    if (!source) throw new Error(`${entry.student.id} was never fetched`);
    const { record, result } = await judgeEntry({ entry, source, before }, slot, options);
    signal.throwIfAborted();
    const kept = records.keep(record, result);
    writeFeedback(kept, result ?? records.readResult(entry.student.id));
    const { id } = entry.student;
    journal.note({ event: 'recorded', at: options.now().toISOString(), id, key: record.key });
    options.onRecord(index, kept, before);
  };
  await runInSlots(entries, slots, task);
}
