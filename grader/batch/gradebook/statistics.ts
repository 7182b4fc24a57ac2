/** How numbers are spread. Quartiles are those of spreadsheets (QUARTILE.INC) and of NumPy. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** Of these numbers themselves, not of a sample of others. */
  readonly deviation: number;
  readonly min: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly max: number;
}

/** A bar of a histogram: numbers from `from` on, below `below`; the last bar has no end. */
export interface Bin {
  readonly from: number;
  readonly below?: number;
  readonly count: number;
}

/** @returns undefined where there are no numbers */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return undefined;
  return {
    count: sorted.length,
    mean: meanOf(sorted),
    deviation: deviationOf(sorted),
    min,
    lowerQuartile: quantileOf(sorted, 0.25),
    median: quantileOf(sorted, 0.5),
    upperQuartile: quantileOf(sorted, 0.75),
    max,
  };
}

/**
 * Sorts scores into bars of a round width, about ten up to `possible`. Full marks, with all that a
 * bonus adds, have the last bar to themselves.
 */
export function histogramOf(scores: readonly number[], possible: number): readonly Bin[] {
  const width = roundWidth(possible / 10);
  const froms = Array.from({ length: Math.ceil(possible / width) }, (_, index) => index * width);
  const edges = [...froms, possible];
  return edges.map((from, index) => {
    const below = edges[index + 1];
    const within = scores.filter((score) => score >= from && score < (below ?? Infinity));
    return { from, ...(below !== undefined && { below }), count: within.length };
  });
}

/**
 * How well passing goes with scoring elsewhere: the point-biserial correlation, from -1 to 1.
 *
 * @returns undefined where all passed, none did, or all scored alike, since nothing can be told then
 */
export function pointBiserial(
  pairs: readonly { readonly passed: boolean; readonly rest: number }[],
): number | undefined {
  const passed = pairs.filter((pair) => pair.passed).map(({ rest }) => rest);
  const others = pairs.filter((pair) => !pair.passed).map(({ rest }) => rest);
  const deviation = deviationOf(pairs.map(({ rest }) => rest));
  if (passed.length === 0 || others.length === 0 || deviation === 0) return undefined;
  const share = passed.length / pairs.length;
  return ((meanOf(passed) - meanOf(others)) / deviation) * Math.sqrt(share * (1 - share));
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function deviationOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers);
  return Math.sqrt(meanOf(numbers.map((number) => (number - mean) ** 2)));
}

/** Between two neighbours it is a straight line. @param sorted upwards */
function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The least of 1, 2, 5, 10, 20 and so on that is not below `least`. */
function roundWidth(least: number): number {
  let power = 1;
  while (power * 10 <= least) power *= 10;
  return [1, 2, 5, 10].map((factor) => factor * power).find((width) => width >= least) ?? power;
}
