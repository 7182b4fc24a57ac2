import type { LabResult } from '../model/result.ts';
import { writeJson } from './write-json.ts';

/** The result record itself. */
export function renderJson(result: LabResult): string {
  return writeJson(result);
}
