import type { LabResult, StageResult } from '../model/result.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** What to do next, where no failure says so: a command, or a sentence, and what it is good for. */
export function tellNext(
  { stages }: LabResult,
  { failed, told }: { failed: number; told: number },
  { again, goOn, detail }: TerminalOptions,
): readonly string[] {
  if (failed > told && detail === 'first') {
    const others = failed - told === 1 ? 'other one' : `other ${String(failed - told)}`;
    return [again({ option: '--all' }), `shows the ${others} that failed`];
  }
  return failed > 0 ? [] : tellGoOn(stages, goOn);
}

/**
 * How to go on where nothing failed: a command, or a sentence, and what it is good for.
 *
 * @param goOn what is typed to copy a stage over the next one
 * @returns nothing where every stage is begun
 */
export function tellGoOn(stages: readonly StageResult[], goOn: string): readonly string[] {
  const [first] = stages;
  const todo = stages.find(({ status }) => status !== 'graded');
  if (!todo) return [];
  // There is none before it to be copied.
  if (todo === first) return [`write ${todo.program ?? `${todo.id}/${todo.id}.ts`}`];
  return [goOn, `begins ${todo.id} with a copy of the stage before it`];
}
