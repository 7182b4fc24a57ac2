import type { LabResult } from '../model/result.ts';

/** The result record itself, indented. */
export function renderJson(result: LabResult): string {
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
