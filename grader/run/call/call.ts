import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Child } from '../child.ts';
import { describeExit } from '../exit.ts';
import type { Children } from '../children.ts';
import type { Disk } from '../confine.ts';
import { parseAnswers } from './parse-answers.ts';
import type { CallOutcome, CallValue } from './outcome.ts';

/** Calls of one function. */
export interface CallGroup {
  readonly name: string;
  /** The arguments of each call, in order. */
  readonly calls: readonly (readonly CallValue[])[];
}

export interface CallRequest {
  /** The program's file, in the throwaway copy. */
  readonly program: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly language: 'node' | 'python';
  /** The interpreter and its own arguments. */
  readonly interpreter: readonly [string, ...string[]];
  /** What is called, one group after the other. */
  readonly groups: readonly CallGroup[];
  readonly withinMs: number;
  /** What the program is meant to have of the disk. */
  readonly disk?: Disk;
  readonly children: Children;
}

const CALLERS = { node: './call.mjs', python: './call.py' };

/**
 * Calls functions of a student's program in a fresh process, once for each list of arguments. A call
 * that does not come to its end is the last one; those behind it could not be made.
 *
 * @returns the outcomes of each group; undefined for one behind the first whose calls did not all come to
 *   their end: what was called before it may be to blame
 */
export async function callFunctions(
  request: CallRequest,
): Promise<readonly (readonly CallOutcome[] | undefined)[]> {
  const caller = fileURLToPath(new URL(CALLERS[request.language], import.meta.url));
  const word = randomBytes(16).toString('hex');
  const { program, groups, disk } = request;
  const env = { ...request.env, WIREGRADE_CALL: JSON.stringify({ program, groups, word }) };
  // The program sees a port here as well: 0, in case it listens although it is only imported.
  const command = [...request.interpreter, caller, '0'] as const;
  const child = await request.children.start({
    command: [request.interpreter[0], ...command.slice(1)],
    cwd: request.cwd,
    env,
    ...(disk && { disk: { ...disk, reads: [...disk.reads, caller] } }),
  });
  try {
    const inTime = await child.endsWithin(request.withinMs);
    const report = parseAnswers(child.stdout.text(), word);
    return groups.map(({ calls }, index) => {
      const answers = report?.answers[index] ?? [];
      const isOver = report && (report.done || index + 1 < report.answers.length);
      if (isOver && answers.length > 0) return answers;
      if (index > 0) return undefined;
      const during = report ? 'call' : 'import';
      const end: CallOutcome = inTime ? died(child, during) : { kind: 'never-returned', during };
      return calls.map((_, call) => answers[call] ?? (call > answers.length ? notMade(end) : end));
    });
  } finally {
    await request.children.stop(child);
  }
}

/** The outcome of a call behind one that did not come to its end. */
function notMade(end: CallOutcome): CallOutcome {
  const late = end.kind === 'never-returned' && end.during === 'call';
  return late ? { ...end, during: 'earlier-call' } : end;
}

function died(child: Child, during: 'import' | 'call'): CallOutcome {
  const { exit } = child;
  const how = exit ? describeExit(exit) : 'early';
  return { kind: 'died', during, how, stderr: child.stderr.text() };
}
