import { expect, test } from '@jest/globals';
import { readRuntimes } from '../../run/runtimes.ts';
import { ENVIRONMENT, isInstalled } from '../../testing/cli.ts';
import { findInterpreters } from './find-interpreters.ts';

const hasPerl = isInstalled('perl');

(hasPerl ? test : test.skip)(
  `a runtime that was named is known in a cell, also where the system brings it${hasPerl ? '' : ' (skipped: there is no perl)'}`,
  async () => {
    const { typed } = await findInterpreters(readRuntimes(['pl=perl -w']), ENVIRONMENT);
    expect(typed).toContainEqual(expect.stringMatching(/^pl=\/\S+perl\S* -w$/));
  },
);
