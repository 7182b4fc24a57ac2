import type { CheckSummary } from './class-summary.ts';
import { showLine } from '../../report/show-text.ts';
import { wordNumber, wordShare } from './words.ts';

/** A row of the table of checks. */
export interface CheckRow {
  readonly id: string;
  readonly title: string;
  readonly points: string;
  /** Parts of a bar that is 100 wide; the rest was skipped. */
  readonly passedWidth: number;
  readonly failedWidth: number;
  readonly passed: Share;
  readonly failed: Share;
  readonly skipped: Share;
  readonly tells: Share;
  /** The same in a word. */
  readonly verdict: string;
}

type Rates = Pick<CheckSummary, 'passRate' | 'failRate' | 'skipRate' | 'discrimination'>;

interface Share {
  readonly text: string;
  readonly sort: string;
}

export function viewChecks(checks: readonly CheckSummary[]): readonly CheckRow[] {
  return checks.map(({ id, title, points, bonus, ...rates }) => ({
    id,
    title: showLine(title),
    points: `${wordNumber(points)}${bonus ? ' bonus' : ''}`,
    ...viewRates(rates),
  }));
}

function viewRates({ passRate, failRate, skipRate, discrimination }: Rates) {
  return {
    passedWidth: Math.round(passRate * 1000) / 10,
    failedWidth: Math.round(failRate * 1000) / 10,
    passed: { text: wordShare(passRate), sort: String(passRate) },
    failed: { text: wordShare(failRate), sort: String(failRate) },
    skipped: { text: wordShare(skipRate), sort: String(skipRate) },
    tells:
      discrimination === undefined
        ? { text: 'n/a', sort: '' }
        : { text: signed(discrimination), sort: String(discrimination) },
    verdict: judge(discrimination),
  };
}

/** The bounds are those that are usual for items of a test. */
function judge(discrimination: number | undefined): string {
  if (discrimination === undefined) return '';
  if (discrimination < 0) return 'against the rest';
  if (discrimination < 0.2) return 'hardly';
  return discrimination < 0.4 ? 'somewhat' : 'well';
}

function signed(value: number): string {
  return value.toFixed(2).replace('-', '\u2212');
}
