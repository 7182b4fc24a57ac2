import type { CheckContext } from '../lab/context.ts';
import { callFunctions, type CallGroup } from '../run/call/call.ts';
import { locateOutcome, type CallOutcome } from '../run/call/outcome.ts';
import type { ReadyProgram } from '../run/prepare.ts';
import type { LastWords } from '../run/source-location.ts';
import type { Recorder } from '../wire/recorder.ts';
import type { Launcher } from './launcher.ts';
import type { Session } from './session.ts';
import type { Calling } from './target.ts';

/** How long the calls of a process may take, and the import before them. */
const CALL_MS = 5000;

/** What came of the calls that a check has made. */
interface Called {
  readonly outcomes: readonly CallOutcome[];
  /** Whether others had been called before, in the same process. */
  readonly hadCompany: boolean;
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

/** Makes ready to call functions of a program; undefined where it is in a language that none are called in. */
export function openCaller(
  prepared: ReadyProgram,
  { whenFree, children }: Pick<Session, 'whenFree' | 'children'>,
  launcher: Pick<Launcher, 'surround'>,
): Caller | undefined {
  const { file: program, interpreter, language } = prepared;
  if (language === 'other') return undefined;
  return new Caller((groups) =>
    whenFree(async () =>
      callFunctions({
        ...launcher.surround(prepared, 0),
        program,
        interpreter,
        language: language === 'python' ? 'python' : 'node',
        groups,
        withinMs: CALL_MS,
        children,
      }),
    ),
  );
}

/** Makes what a check calls functions by. */
export function callBy(
  open: () => Promise<Caller | undefined>,
  given: {
    readonly recorder: Recorder;
    readonly calling: Calling;
    /** Reads what the program printed or threw, as its author knows its files. */
    readonly readWords: (text: string) => LastWords;
  },
): CheckContext['call'] {
  const { recorder, calling, readWords } = given;
  return async (name, calls) => {
    const caller = await open();
    if (!caller) return [{ kind: 'missing', exports: [] }];
    const ask = calling.alone ? 'alone' : 'together';
    const { outcomes, hadCompany } = await caller[ask]({ name, calls });
    calling.hadCompany ||= hadCompany;
    noteCalls(name, outcomes, recorder);
    return outcomes.map((outcome) => locateOutcome(outcome, readWords));
  };
}

function noteCalls(name: string, outcomes: readonly CallOutcome[], recorder: Recorder): void {
  for (const { kind } of outcomes) {
    recorder.note({ kind: 'called', connection: 0, call: name, outcome: kind });
  }
  if (outcomes.some(({ kind }) => kind === 'never-returned')) {
    recorder.note({ kind: 'deadline', connection: 0, afterMs: CALL_MS });
  }
}
