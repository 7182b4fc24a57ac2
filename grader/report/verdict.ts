import pc from 'picocolors';
import type { CheckResult, LabResult } from '../model/result.ts';
import { renderFailure } from './terminal-failure.ts';
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
  const line = (word: string, text: string): string =>
    `${wrap(text, options.width, { first: word, rest: ' '.repeat(6) })}\n`;
  switch (outcome.status) {
    case 'failed':
      return renderFailure(check, folder, options);
    case 'passed':
      return `${paint.green('PASS')}  ${id}\n`;
    case 'skipped':
    case 'not-judged':
      return line('      ', `${id} was not asked: ${outcome.because}`);
    case 'broken':
      return line('      ', `${id}: the grader broke here; this is not your bug. ${outcome.error}`);
  }
}
