import { expect, test } from '@jest/globals';
import { repeatSubmission } from './type-again.ts';

test('a folder whose name has a quote in it can be pasted again', () => {
  expect(repeatSubmission({ from: "/home/o'brien/x", runtime: ['py=python3.12'] })).toEqual([
    ...['--from', String.raw`'/home/o'\''brien/x'`],
    ...['--runtime', 'py=python3.12'],
  ]);
});
