import { chooseFailures, putBonusLast } from '../model/choose-failures.ts';
import type { CheckResult, LabResult } from '../model/result.ts';
import { listAsides, listProven, renderAsides } from './asides.ts';
import { renderSum, tellSum } from './sum.ts';
import { tellNext } from './tell-next.ts';
import { renderBroken, renderFailure } from './terminal-failure.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** The first line of a report: what is being graded. */
export function renderTitle({ lab, title }: Pick<LabResult, 'lab' | 'title'>): string {
  return `${lab}: ${title}\n\n`;
}

/** What follows the table: failures with their proof, the sum, and the next step. */
export function renderRest(result: LabResult, options: TerminalOptions): string {
  const { detail, width, ruleOf, progress } = options;
  const checks = result.stages.flatMap((stage) => stage.checks);
  const graded = result.stages.filter(({ status }) => status === 'graded');
  const failed = checks.filter(({ outcome }) => outcome.status === 'failed').length;
  const broken = checks.filter(({ outcome }) => outcome.status === 'broken');
  const told = chooseFailures(result.stages, detail);
  const asides = [
    ...(ruleOf ? [listProven(graded, ruleOf)] : []),
    ...(detail === 'all' ? listAsides(graded) : []),
  ];
  const blocks = [
    ...told.map((check) => renderFailure(check, result.submission.path, options)),
    ...(detail === 'brief' ? [] : broken.map((check) => renderBroken(check, width))),
    ...asides.map((each) => renderAsides(each, width)),
    renderSum(tellSum(result, progress), width),
    renderNext(result, { failed, told: told.length }, options),
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

/** The next step alone: the first failure with its proof, or what to go on with. */
export function renderStep(result: LabResult, options: TerminalOptions): string {
  const checks = result.stages.flatMap((stage) => stage.checks);
  const [first] = putBonusLast(checks.filter(isAmiss));
  if (!first) return renderNext(result, { failed: 0, told: 0 }, options);
  if (first.outcome.status === 'broken') return renderBroken(first, options.width);
  return renderFailure(first, result.submission.path, options);
}

function isAmiss({ outcome }: CheckResult): boolean {
  return outcome.status === 'failed' || outcome.status === 'broken';
}

function renderNext(
  result: LabResult,
  counts: { failed: number; told: number },
  options: TerminalOptions,
): string {
  const lines = tellNext(result, counts, options);
  return lines.map((line, index) => `${index === 0 ? 'next  ' : '      '}${line}\n`).join('');
}
