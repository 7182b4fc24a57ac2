import type { LabResult, StageResult } from '../model/result.ts';

/** Reads the stages of a result that the grader itself made, in a cell. */
export function parseStages(text: string): readonly StageResult[] {
  return (JSON.parse(text) as LabResult).stages;
}
