import pc from 'picocolors';
import type { CheckResult, LabResult } from '../model/result.ts';
import { renderBroken, renderFailure } from './terminal-failure.ts';
import { showLine } from './show-text.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { wrap } from './wrap.ts';

/** What came of each check, without a table and a sum: a failure with its proof, all else in a line. */
export function renderVerdict(result: LabResult, options: TerminalOptions): string {
  const { path } = result.submission;
  return result.stages
    .flatMap(({ status, checks }) =>
      status === 'graded'
        ? checks.map((check) => renderOne(check, path, options))
        : [`there is no program to be asked: ${status.replace('-', ' ')}\n`],
    )
    .map((block) => `\n${block}`)
    .join('');
}

function renderOne(check: CheckResult, folder: string, options: TerminalOptions): string {
  const paint = pc.createColors(options.color);
  const { id, outcome } = check;
  switch (outcome.status) {
    case 'failed':
      return renderFailure(check, folder, options);
    case 'passed':
      return `${paint.green('PASS')}  ${id}\n`;
    case 'skipped':
    case 'not-judged':
      return tellUnasked(`${id} was not asked: ${showLine(outcome.because)}`, options);
    case 'broken':
      return renderBroken(check, options.width);
  }
}

function tellUnasked(text: string, { width }: TerminalOptions): string {
  return `${wrap(text, width, { first: ' '.repeat(6) })}\n`;
}
