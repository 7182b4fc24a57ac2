import type { CheckResult, LabResult } from '../../model/result.ts';
import { verdictOf } from '../../model/score.ts';
import { nameCheck, sumUp, tellCheck } from '../plain-text.ts';
import { listDecided } from '../proportion.ts';
import { showCommand } from '../show-command.ts';
import { showLine, showLines } from '../show-text.ts';
import { writeJson } from '../write-json.ts';

/** In characters: the most that Exercism shows of a message, and of what a program printed. */
const MESSAGE = 65_535;
const OUTPUT = 500;

/** In bytes: the most that Exercism takes. */
const WHOLE = 500_000;

/**
 * The `results.json` of an Exercism test runner, version 3: a task is a stage. Where the grader broke
 * it is an `error`, with a message that says whose; checks that it could not judge are left out.
 */
export function renderExercism(result: LabResult): string {
  const tests = result.stages.flatMap(({ checks }, place) =>
    listDecided(checks).map((check) => describe(result.lab, check, place + 1)),
  );
  const status = { passed: 'pass', failed: 'fail', broken: 'error' }[verdictOf(result)];
  const message = status === 'error' ? cut(sumUp(result).join('\n'), MESSAGE) : null;
  // Long texts are cut further until the whole is small enough.
  for (let most = MESSAGE; ; most = Math.floor(most / 2)) {
    const short = tests.map((test) => cutTexts(test, most));
    const text = writeJson({ version: 3, status, message, tests: short });
    if (Buffer.byteLength(text) <= WHOLE || most === 0) return text;
  }
}

interface Test {
  readonly name: string;
  readonly status: 'pass' | 'fail';
  readonly message: string | null;
  readonly output: string | null;
  readonly test_code: string;
  readonly task_id: number;
}

function describe(lab: string, check: CheckResult, task: number): Test {
  const { outcome } = check;
  const failed = outcome.status === 'failed' ? outcome : undefined;
  const output = failed?.diagnosis.output;
  const [command = showLine(check.title, 1000)] = showCommand(failed?.reproduce, 1000);
  return {
    name: nameCheck(check),
    status: outcome.status === 'passed' ? 'pass' : 'fail',
    message: outcome.status === 'passed' ? null : tellCheck(lab, check).join('\n'),
    output: output === undefined ? null : showLines(output, 40).join('\n'),
    test_code: command,
    task_id: task,
  };
}

function cutTexts(test: Test, most: number): Test {
  const { message, output, test_code } = test;
  return {
    ...test,
    message: message === null ? null : cut(message, most),
    output: output === null ? null : cut(output, Math.min(OUTPUT, most)),
    test_code: cut(test_code, most),
  };
}

/** The end says that there was more. Not through the middle of a pair. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, Math.max(0, most - 3)).replace(/[\ud800-\udbff]$/, '')}...`.slice(
    0,
    most,
  );
}
