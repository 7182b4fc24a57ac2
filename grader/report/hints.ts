import type { CheckResult, Failed, LabResult } from '../model/result.ts';
import { verdictOf } from '../model/score.ts';
import { drawPlace } from './draw-source.ts';
import { tellPlace, tellSummary } from './tell-diagnosis.ts';
import { indent, wrap } from './wrap.ts';

/** A failed check, and how far its hints are to be shown. */
export interface HintsShown {
  readonly check: Pick<CheckResult, 'id' | 'title'>;
  readonly outcome: Failed;
  /** Of the submission; it stands before the names of its files. */
  readonly folder: string;
  /** From 1: this many are shown. */
  readonly level: number;
  /** What a user types to see one more, and to grade again. */
  readonly more: string;
  readonly again: string;
}

/** The hints on a failure, from the first to the one that was asked for. */
export function renderHints(
  { check, outcome, folder, level, more, again }: HintsShown,
  { width, plain }: { readonly width: number; readonly plain: boolean },
): string {
  const { diagnosis, hints } = outcome;
  const count = String(hints.length);
  const shown = hints
    .slice(0, level)
    .map((hint, index) => `${String(index + 1)} of ${count}: ${hint}`);
  const heading = `${check.id}: ${check.title} [${diagnosis.code}]`;
  const summary = tellSummary(diagnosis);
  const last = level >= hints.length;
  const next = last ? again : more;
  const why = last
    ? 'is for when you have tried it. This was the last hint; they cost nothing.'
    : 'shows one more. Hints cost nothing.';
  if (plain) {
    const hinted = shown.map((hint) => `hint ${hint}`);
    return [
      heading,
      summary,
      ...tellPlace(diagnosis),
      ...hinted,
      `next: ${next}, which ${why}`,
      '',
    ].join('\n');
  }
  const place = drawPlace(diagnosis, folder, width - 2);
  const hint = { first: '  hint  ', rest: '        ' };
  return [
    `${wrap(heading, width, { first: '', rest: '  ' })}\n`,
    `${wrap(summary, width, { first: '  ' })}\n`,
    ...(place.length > 0 ? [`${indent(place)}\n`] : []),
    `${shown.map((each, index) => wrap(each, width, index === 0 ? hint : { first: hint.rest })).join('\n')}\n`,
    `next  ${next}\n${wrap(why, width, { first: '      ' })}\n`,
  ].join('\n');
}

/** What is said where nothing failed: there may be work to do all the same, which `grade` names. */
export function renderNoHint(
  result: LabResult,
  { grade, plain }: { readonly grade: string; readonly plain: boolean },
): string {
  const checks = result.stages.flatMap((stage) => stage.checks);
  const passed = checks.filter(({ outcome }) => outcome.status === 'passed').length;
  const broke = verdictOf(result) === 'broken';
  const said = sayWhyNoHint(result, { passed, checks: checks.length, broke });
  if (passed === checks.length) return `${said}\n`;
  const why = broke ? 'shows what to report' : 'shows what is still to be done';
  return plain
    ? `${said}\nnext: ${grade}, which ${why}\n`
    : `${said}\n\nnext  ${grade}\n      ${why}\n`;
}

function sayWhyNoHint(
  { stages }: LabResult,
  {
    passed,
    checks,
    broke,
  }: { readonly passed: number; readonly checks: number; readonly broke: boolean },
): string {
  if (broke)
    return 'Nothing failed that could be judged, but the grader broke. This is not your bug.';
  if (stages.every(({ status }) => status !== 'graded')) {
    return 'Nothing could be asked yet: hints are for what you have begun.';
  }
  return `Nothing failed: ${String(passed)} of ${String(checks)} checks passed, and no hint is needed.`;
}
