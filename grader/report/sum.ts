import type { Progress } from '../model/progress.ts';
import type { LabResult } from '../model/result.ts';
import { seconds } from './seconds.ts';
import { wrap } from './wrap.ts';

/** The sum of a grading, a sentence each. */
export function tellSum(result: LabResult, progress: Progress | undefined): readonly string[] {
  const checks = result.stages.flatMap((stage) => stage.checks);
  const { earned, possible, bonusEarned } = result.points;
  const passed = checks.filter(({ outcome }) => outcome.status === 'passed').length;
  const judged = checks.filter(({ outcome }) => outcome.status !== 'not-judged').length;
  const asked = result.stages.flatMap((stage) => (stage.status === 'graded' ? stage.checks : []));
  const skipped = asked.filter(({ outcome }) => outcome.status === 'skipped').length;
  const unjudged = checks.length - judged;
  const sum =
    `${String(passed)}/${String(judged)} checks, ${String(earned)}/${String(possible)} points and ` +
    `${String(bonusEarned)} bonus, ${seconds(result.durationMs)}, seed ${String(result.seed)}.`;
  return [
    sum,
    ...(skipped > 0 ? [`${String(skipped)} skipped.`] : []),
    ...(unjudged > 0 ? [`${String(unjudged)} not judged.`] : []),
    ...tellProgress(progress),
  ];
}

/** The same as lines, each sentence in one line where it fits into one. */
export function renderSum(sentences: readonly string[], width: number): string {
  const lines: string[] = [];
  for (const sentence of sentences) {
    const longer = `${lines.at(-1) ?? ''} ${sentence}`.trimStart();
    if (lines.length > 0 && longer.length <= width) lines.splice(-1, 1, longer);
    else lines.push(sentence);
  }
  return lines.map((line) => `${wrap(line, width, { first: '' })}\n`).join('');
}

/** Nothing is said where nothing changed. */
function tellProgress(progress: Progress | undefined): readonly string[] {
  if (!progress || progress.fixed + progress.broken === 0) return [];
  const { fixed, broken } = progress;
  return [`Since your last run: ${String(fixed)} fixed, ${String(broken)} broken.`];
}
