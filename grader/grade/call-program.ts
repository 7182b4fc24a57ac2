import type { CheckContext } from '../lab/context.ts';
import { callFunction, type CallRequest } from '../run/call/call.ts';
import type { CallOutcome } from '../run/call/outcome.ts';
import type { ReadyProgram } from '../run/prepare.ts';
import type { Recorder } from '../wire/recorder.ts';

/** How long the calls of a check may take, and the import before them. */
const CALL_MS = 5000;

/** Calls a function of a program that is ready to be started, and notes how that went. */
export async function callProgram(
  prepared: ReadyProgram,
  request: Pick<CallRequest, 'name' | 'calls' | 'cwd' | 'env' | 'disk' | 'children'>,
  recorder: Recorder,
): ReturnType<CheckContext['call']> {
  if (prepared.language === 'other') return [{ kind: 'missing', exports: [] }];
  const outcomes: readonly CallOutcome[] = await callFunction({
    ...request,
    program: prepared.file,
    interpreter: prepared.interpreter,
    language: prepared.language === 'python' ? 'python' : 'node',
    withinMs: CALL_MS,
  });
  for (const { kind } of outcomes) {
    recorder.note({ kind: 'called', connection: 0, call: request.name, outcome: kind });
  }
  if (outcomes.some(({ kind }) => kind === 'never-returned')) {
    recorder.note({ kind: 'deadline', connection: 0, afterMs: CALL_MS });
  }
  return outcomes;
}
