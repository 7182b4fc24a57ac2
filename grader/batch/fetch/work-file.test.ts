import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { symlinkSync, writeFileSync } from 'node:fs';
import { LIMITS } from '../../cell/limits.ts';
import { MOST_BYTES, MOST_FILES } from '../../cell/submission-limits.ts';
import { ENVIRONMENT } from '../../testing/cli.ts';
import type { Staged } from './stage-work.ts';
import { Staging } from './staging.ts';

let work: Staging;
beforeEach(() => {
  work = new Staging(ENVIRONMENT);
});
afterEach(() => work.remove());

describe.each(['commit', 'folder'] as const)('of a %s', (kind) => {
  const stage = (path?: string): Promise<Staged> => work.stage(kind, path);

  test.each<readonly [string, () => void, string]>([
    ['a link', () => symlinkSync('/etc/passwd', work.at('a')), '"a" is a link'],
    ['a broken link', () => symlinkSync('/nowhere', work.at('a')), '"a" is a link'],
    ['a link to a folder', () => symlinkSync('..', work.at('a')), '"a" is a link'],
    ['a link in place of the labs', () => symlinkSync('/etc', work.at('labs')), 'is a link'],
    ['a name with a line break', () => writeFileSync(work.at('a\nb'), ''), 'holds a line break'],
    [
      'a name with an escape',
      () => writeFileSync(work.at('a\x1b[2J'), ''),
      'holds a control character',
    ],
    ['a leading dash', () => writeFileSync(work.at('-rf'), ''), '"-rf" begins with a dash'],
    [
      'a folder with a leading dash',
      () => work.made.write({ '-x/a': '' }),
      '"-x" begins with a dash',
    ],
    ['a backslash', () => writeFileSync(work.at('..\\x'), ''), 'holds a slash'],
    [
      'names that clash by case',
      () => work.made.write({ 'web/A': '', 'Web/b': '' }),
      'are one name',
    ],
    [
      'names that clash by their letters',
      () => work.made.write({ '\u00e4': '', 'a\u0308': '' }),
      'are one name',
    ],
    ['too deep a folder', () => work.made.write({ [`${'d/'.repeat(30)}a`]: '' }), 'too deep'],
    [
      'too many files',
      () =>
        work.made.write(
          Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`f${String(n)}`, ''])),
        ),
      'more than 5000 files or 96 MiB',
    ],
  ])('%s is refused', async (_, prepare, reason) => {
    work.made.write({ 'zz.py': '' });
    prepare();
    expect(await stage()).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining(reason),
    });
    expect(work.staged()).toEqual([]);
  });

  test('a name that is no UTF-8 is refused', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${work.made.folder}/a`), Buffer.from([0xff])]), '');
    expect(await stage()).toMatchObject({
      status: 'refused',
      reason: "a file's name is not in UTF-8 (a?); rename it",
    });
  });

  test('a link in place of the lab is refused', async () => {
    work.made.write({ 'labs/x': '' });
    symlinkSync('/etc', work.at('labs/week02'));
    expect(await stage()).toEqual({
      status: 'refused',
      reason: 'labs/week02 is a link; put the folder itself there',
    });
  });

  test('no files are nothing', async () => {
    work.made.write({ 'node_modules/a': '' });
    expect(await stage()).toEqual({ status: 'nothing', reason: 'it holds no files' });
  });
});

test('the largest submission fits into a cell, with what its program writes beside it', () => {
  const smallestPage = 4096;
  expect(MOST_BYTES + MOST_FILES * smallestPage).toBeLessThan(LIMITS.room);
});
