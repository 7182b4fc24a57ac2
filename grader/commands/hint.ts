import { stageOf } from '../model/check.ts';
import { chooseFailures } from '../model/choose-failures.ts';
import { UsageError } from '../model/errors.ts';
import { verdictOf } from '../model/score.ts';
import { renderHints, renderNoHint } from '../report/hints.ts';
import type { Console, ExitCode } from './console.ts';
import { gradeAsked, type Choice } from './grade-asked.ts';
import { openHistory } from './history/open-history.ts';
import { readCount } from './read-count.ts';
import { repeatChoice, typeCommand } from './type-again.ts';

/** The options of `hint`, as they are typed. */
export interface HintOptions extends Omit<Choice, 'only'> {
  readonly level?: string;
  readonly plain?: boolean;
  readonly history: boolean;
}

/**
 * Gives hints on the first check that fails, one more each time. It is graded first: what was wrong
 * at the last run may be mended by now, or be wrong in another way, and a stale hint leads astray.
 *
 * @param place a stage, or a check with its stage; undefined for the whole lab
 */
export async function hintCommand(
  { lab: labId, place }: { readonly lab: string; readonly place: string | undefined },
  options: HintOptions,
  console: Console,
): Promise<ExitCode> {
  const asked = readLevel(options.level);
  const [stage] = place?.split('/') ?? [];
  const only = place?.includes('/') === true ? place : undefined;
  const { result } = await gradeAsked(
    {
      ...{ lab: labId, stages: stage === undefined ? [] : [stage] },
      choice: { ...options, ...(only !== undefined && { only }) },
    },
    console,
  );
  const [check] = chooseFailures(result.stages, 'first');
  if (check?.outcome.status !== 'failed') {
    const words = [labId, ...(stage === undefined ? [] : [stage])];
    const grade = typeCommand({ command: 'grade', words, options: repeatChoice(options) }, console);
    console.out(renderNoHint(result, { grade, plain: options.plain === true }));
    return verdictOf(result) === 'broken' ? 3 : 0;
  }
  const { code } = check.outcome.diagnosis;
  const history = openHistory(result, options, console);
  const level = Math.min(asked ?? history.levelOf(check.id, code) + 1, LEVELS);
  history.add({ passed: [], failed: [], told: [{ check: check.id, code, level }] });
  const choice = repeatChoice(options);
  const deeper = history.remembers ? choice : [...choice, '--level', String(level + 1)];
  const words = [labId, ...(place === undefined ? [] : [place])];
  const more = typeCommand({ command: 'hint', words, options: deeper }, console);
  const again = typeCommand(
    { command: 'grade', words: [labId, stageOf(check.id)], options: choice },
    console,
  );
  const { width } = console;
  const folder = result.submission.path;
  const view = { check, outcome: check.outcome, folder, level, more, again };
  console.out(renderHints(view, { width, plain: options.plain === true }));
  return 0;
}

const LEVELS = 3;

function readLevel(level: string | undefined): number | undefined {
  if (level === undefined) return undefined;
  const count = readCount('--level', level, 1);
  if (count <= LEVELS) return count;
  throw new UsageError(`--level ${level} is too deep; the hints go from 1 to ${String(LEVELS)}.`);
}
