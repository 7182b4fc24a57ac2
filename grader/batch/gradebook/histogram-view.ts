import { plural, wordNumber } from '../../report/words.ts';
import type { ClassSummary } from './class-summary.ts';

/** A histogram to be drawn in a box of its own units, and told in words. */
export interface HistogramView {
  readonly viewBox: string;
  readonly baseline: number;
  readonly right: number;
  readonly bars: readonly Bar[];
  /** What a reader who sees no picture is told. */
  readonly description: string;
  readonly note: string;
}

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly middle: number;
  readonly labelY: number;
  readonly count: string;
  /** The scores that it stands for, short and in words. */
  readonly from: string;
  readonly range: string;
  readonly students: string;
}

const STEP = 36;
const GAP = 3;
const TOP = 20;
const HEIGHT = 110;
const BASELINE = TOP + HEIGHT;

export function viewHistogram({ histogram, final, students }: ClassSummary): HistogramView {
  const most = Math.max(1, ...histogram.map(({ count }) => count));
  const right = histogram.length * STEP;
  const bars = histogram.map(({ from, below, count }, index): Bar => {
    // A bar of one among hundreds is still to be seen.
    const height = count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT));
    const x = index * STEP + GAP / 2;
    return {
      ...{ x, y: BASELINE - height, width: STEP - GAP, height, middle: x + (STEP - GAP) / 2 },
      ...{ labelY: BASELINE - height - 5, count: count === 0 ? '' : String(count) },
      from: below === undefined ? `${wordNumber(from)}+` : wordNumber(from),
      range:
        below === undefined
          ? `${wordNumber(from)} and more`
          : `${wordNumber(from)} to below ${wordNumber(below)}`,
      students: plural(count, 'student'),
    };
  });
  const told = bars.filter(({ count }) => count !== '');
  const without = students - (final?.count ?? 0);
  return {
    viewBox: `0 0 ${String(right)} ${String(BASELINE + 24)}`,
    ...{ baseline: BASELINE, right, bars },
    description: told.map(({ range, students: some }) => `${range}: ${some}`).join('; '),
    note:
      without === 0
        ? 'Final grades, penalties taken off.'
        : `Final grades, penalties taken off. It leaves out ${plural(without, 'student')} whose work was not graded.`,
  };
}
