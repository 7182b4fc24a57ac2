import type { LabResult } from '../model/result.ts';

/** Reads a result record. Its shape is what `grader/model/result.schema.json` is tested for. */
export function parseResult(text: string): LabResult {
  return JSON.parse(text) as LabResult;
}
