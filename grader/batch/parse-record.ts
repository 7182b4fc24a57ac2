import type { BatchRecord } from '../model/gradebook.ts';
import type { LabResult } from '../model/result.ts';

/** Reads a record that an earlier run of this batch wrote. */
export function parseRecord(text: string): BatchRecord {
  return JSON.parse(text) as BatchRecord;
}

/** Reads a result that an earlier run of this batch wrote. */
export function parseLabResult(text: string): LabResult {
  return JSON.parse(text) as LabResult;
}
