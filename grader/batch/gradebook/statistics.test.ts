import { describe, expect, test } from '@jest/globals';
import { histogramOf, pointBiserial, spreadOf } from './statistics.ts';

describe('spreadOf', () => {
  test('agrees with a calculation by hand', () => {
    // Mean 40/8; squares of the differences 9 1 1 1 0 0 4 16, of which the mean is 4.
    expect(spreadOf([4, 2, 4, 5, 4, 5, 7, 9])).toEqual({
      ...{ count: 8, mean: 5, deviation: 2, min: 2, max: 9 },
      // Places 1.75, 3.5 and 5.25 of 2 4 4 4 5 5 7 9.
      ...{ lowerQuartile: 4, median: 4.5, upperQuartile: 5.5 },
    });
  });

  test('takes quartiles between two numbers by a straight line', () => {
    expect(spreadOf([1, 2, 3, 4])).toMatchObject({
      ...{ lowerQuartile: 1.75, median: 2.5, upperQuartile: 3.25 },
    });
  });

  test('is the number itself where there is but one, and nothing where there is none', () => {
    expect(spreadOf([7])).toEqual({
      ...{ count: 1, mean: 7, deviation: 0, min: 7, max: 7 },
      ...{ lowerQuartile: 7, median: 7, upperQuartile: 7 },
    });
    expect(spreadOf([])).toBeUndefined();
  });
});

describe('histogramOf', () => {
  const counts = (scores: readonly number[], possible: number): readonly number[] =>
    histogramOf(scores, possible).map(({ count }) => count);

  test('has ten bars up to what is possible, and one for full marks with a bonus', () => {
    const bins = histogramOf([0, 9.99, 10, 99.5, 100, 109], 100);
    expect(bins).toHaveLength(11);
    expect(bins[0]).toEqual({ from: 0, below: 10, count: 2 });
    expect(bins[1]).toEqual({ from: 10, below: 20, count: 1 });
    expect(bins[9]).toEqual({ from: 90, below: 100, count: 1 });
    expect(bins[10]).toEqual({ from: 100, count: 2 });
  });

  test.each([
    [47, [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 47]],
    [15, [0, 2, 4, 6, 8, 10, 12, 14, 15]],
    [7, [0, 1, 2, 3, 4, 5, 6, 7]],
    [250, [0, 50, 100, 150, 200, 250]],
    [0, [0]],
  ])('has round edges for %d points', (possible, edges) => {
    expect(histogramOf([], possible).map(({ from }) => from)).toEqual(edges);
  });

  test('counts every score once', () => {
    const scores = Array.from({ length: 480 }, (_, index) => index / 10);
    expect(counts(scores, 47).reduce((sum, count) => sum + count)).toBe(480);
  });
});

describe('pointBiserial', () => {
  const pairs = (passed: readonly number[], others: readonly number[]) => [
    ...passed.map((rest) => ({ passed: true, rest })),
    ...others.map((rest) => ({ passed: false, rest })),
  ];

  test('agrees with a calculation by hand', () => {
    // Means 7 and 4, deviation sqrt(34/6 - ...): of 8 6 7 3 5 4 the mean is 5.5, the variance 17.5/6.
    const expected = (3 / Math.sqrt(17.5 / 6)) * Math.sqrt(0.25);
    expect(pointBiserial(pairs([8, 6, 7], [3, 5, 4]))).toBeCloseTo(expected, 12);
    expect(expected).toBeCloseTo(0.8783, 4);
  });

  test('is 1 where passing and the rest are one, and -1 where they are opposites', () => {
    expect(pointBiserial(pairs([9, 9], [1, 1]))).toBeCloseTo(1, 12);
    expect(pointBiserial(pairs([1, 1], [9, 9]))).toBeCloseTo(-1, 12);
  });

  test.each([
    ['everyone passed', pairs([1, 2, 3], [])],
    ['nobody passed', pairs([], [1, 2, 3])],
    ['all scored alike elsewhere', pairs([5, 5], [5])],
    ['nobody was asked', []],
  ])('cannot be told where %s', (_, some) => {
    expect(pointBiserial(some)).toBeUndefined();
  });
});
