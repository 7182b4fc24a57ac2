import pc from 'picocolors';
import type { CheckResult, StageResult } from '../model/result.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { seconds } from './seconds.ts';
import { UNGRADED } from './stage-state.ts';
import { wrap } from './wrap.ts';

/** What a stage's checks came to, against what they came to before. */
export interface StageChange {
  readonly fixed: readonly CheckResult[];
  /** They passed before, and fail now. */
  readonly broken: readonly CheckResult[];
  /** They passed before, and are not asked now. */
  readonly lost: readonly CheckResult[];
}

/** Compares two results of a stage. */
export function compareStage(before: StageResult, after: StageResult): StageChange {
  const passedBefore = new Set(before.checks.filter(hasPassed).map(({ id }) => id));
  const gone = after.checks.filter((check) => passedBefore.has(check.id) && !hasPassed(check));
  return {
    fixed: after.checks.filter((check) => hasPassed(check) && !passedBefore.has(check.id)),
    broken: gone.filter(({ outcome }) => ['failed', 'broken'].includes(outcome.status)),
    lost: gone.filter(({ outcome }) => ['skipped', 'not-judged'].includes(outcome.status)),
  };
}

/** What has changed in a stage, and nothing else: a line for the stage, and one for each check. */
export function renderChange(
  stage: StageResult,
  { fixed, broken, lost }: StageChange,
  { color, width, at }: { readonly color: boolean; readonly width: number; readonly at: string },
): string {
  const paint = pc.createColors(color);
  const { earned, possible } = stage.points;
  const points = `${String(earned)}/${String(possible)} points`;
  const counts = [
    ...(fixed.length + broken.length > 0
      ? [`${String(fixed.length)} fixed, ${String(broken.length)} broken`]
      : []),
    ...(lost.length > 0 ? [`${String(lost.length)} not asked any more`] : []),
  ].join(', ');
  const what = counts === '' ? 'no check has changed' : counts;
  const took = stage.status === 'graded' ? seconds(stage.durationMs) : UNGRADED[stage.status];
  const lines = [
    ...fixed.map((check) => ({ word: 'fixed ', paint: paint.green, check })),
    ...broken.map((check) => ({ word: 'broken', paint: paint.red, check })),
  ].map(({ word, paint: paintWord, check }) => {
    const [, id = check.id] = check.id.split('/');
    const margin = { first: `  ${word}  `, rest: ' '.repeat(10) };
    return wrap(`${id}: ${check.title}`, width, margin).replace(word, paintWord(word));
  });
  return [`${at}  ${paint.bold(stage.id)}: ${what}; ${points}, ${took}`, ...lines]
    .map((line) => `${line}\n`)
    .join('');
}

function hasPassed({ outcome }: CheckResult): boolean {
  return outcome.status === 'passed';
}

/** The next step, where what has been graded passes but another stage does not. */
export function renderStillFailing(
  stage: StageResult,
  { again }: Pick<TerminalOptions, 'again'>,
): string {
  const check = stage.checks.find(({ outcome }) => ['failed', 'broken'].includes(outcome.status));
  return `next  ${again({ stage: stage.id })}\n      where ${check?.id ?? stage.id} fails still\n`;
}
