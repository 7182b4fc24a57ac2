import { callFunctions, type CallGroup, type CallRequest } from '../run/call/call.ts';
import type { CallOutcome } from '../run/call/outcome.ts';
import type { ReadyProgram } from '../run/prepare.ts';
import type { Recorder } from '../wire/recorder.ts';

/** How long the calls of a process may take, and the import before them. */
const CALL_MS = 5000;

/** What came of the calls that a check has made. */
export interface Called {
  readonly outcomes: readonly CallOutcome[];
  /** Whether others had been called before, in the same process. */
  readonly hadCompany: boolean;
}

/** Calls functions of a program that is ready to be started. */
export async function callProgram(
  prepared: ReadyProgram,
  request: Pick<CallRequest, 'groups' | 'cwd' | 'env' | 'disk' | 'children'>,
): ReturnType<typeof callFunctions> {
  return callFunctions({
    ...request,
    program: prepared.file,
    interpreter: prepared.interpreter,
    language: prepared.language === 'python' ? 'python' : 'node',
    withinMs: CALL_MS,
  });
}

/** Notes how the calls of a check went. */
export function noteCalls(
  name: string,
  outcomes: readonly CallOutcome[],
  recorder: Recorder,
): void {
  for (const { kind } of outcomes) {
    recorder.note({ kind: 'called', connection: 0, call: name, outcome: kind });
  }
  if (outcomes.some(({ kind }) => kind === 'never-returned')) {
    recorder.note({ kind: 'deadline', connection: 0, afterMs: CALL_MS });
  }
}

/**
 * Calls functions for the checks of a stage. What several of them ask for at one moment is called in one
 * process: to start one is most of what it costs.
 */
export class Caller {
  readonly #call: (groups: readonly CallGroup[]) => ReturnType<typeof callFunctions>;
  #waiting: { readonly group: CallGroup; readonly settle: (called: Promise<Called>) => void }[] =
    [];

  /** @param call calls groups in one process */
  constructor(call: (groups: readonly CallGroup[]) => ReturnType<typeof callFunctions>) {
    this.#call = call;
  }

  /** Calls a group in a process of its own. */
  async alone(group: CallGroup): Promise<Called> {
    const [outcomes = []] = await this.#call([group]);
    return { outcomes, hadCompany: false };
  }

  /** Calls a group, and in the same process what others ask for at this moment. */
  together(group: CallGroup): Promise<Called> {
    return new Promise((settle) => {
      this.#waiting.push({ group, settle });
      if (this.#waiting.length === 1) setImmediate(() => void this.#callAll());
    });
  }

  async #callAll(): Promise<void> {
    const asked = this.#waiting.splice(0);
    const all = this.#call(asked.map(({ group }) => group));
    const judge = async (group: CallGroup, index: number): Promise<Called> => {
      const outcomes = (await all)[index];
      // Those before may be to blame for what was not called to its end.
      return outcomes ? { outcomes, hadCompany: index > 0 } : this.alone(group);
    };
    for (const [index, { group, settle }] of asked.entries()) settle(judge(group, index));
    await all.catch(() => undefined);
  }
}
