import { printText } from '../../model/bytes.ts';
import { MachineFault, UsageError } from '../../model/errors.ts';
import type { StageResult } from '../../model/result.ts';

/** Looks for something about a stage, and adds it to the stage's result. */
export type Finder = (result: StageResult) => Promise<StageResult>;

/**
 * Adds to a result what each finder finds. One that throws adds nothing, and the others go on: what
 * has been judged is whole without it. Where the machine kept it from looking, nothing is said of
 * that; all else that is thrown is a fault of ours, and a remark tells it.
 */
export async function addFindings(
  result: StageResult,
  finders: readonly Finder[],
): Promise<StageResult> {
  let found = result;
  for (const find of finders) {
    try {
      found = await find(found);
    } catch (error) {
      if (error instanceof MachineFault || error instanceof UsageError) continue;
      found = { ...found, remarks: [...found.remarks, tellFault(error)] };
    }
  }
  return found;
}

function tellFault(error: unknown): string {
  const what = printText(String(error));
  return `The grader broke while it looked for the cause of a failure, which changes no verdict. Please report it: ${what}`;
}
