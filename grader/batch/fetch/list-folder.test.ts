import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { linkSync, symlinkSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { Staging } from './staging.ts';

let work: Staging;
beforeEach(() => {
  work = new Staging(ENVIRONMENT);
});
afterEach(() => work.remove());

describe('of a folder alone', () => {
  test('its repository is not staged', async () => {
    work.made.commit({ a: '1' });
    await work.stageFolder(work.made.folder);
    expect(work.staged()).toEqual(['a']);
  });

  test.each<readonly [string, () => void, string]>([
    ['a pipe', () => execFileSync('mkfifo', [work.at('p')]), '"p" is a pipe'],
    ['a hard link', () => linkSync(work.at('a'), work.at('b')), 'is a second name of another file'],
    ['a sparse giant', () => truncateSync(work.at('a'), 2 ** 41), 'more than 5000 files or 96 MiB'],
    ['.GIT', () => work.made.write({ '.GIT/config': '' }), '".GIT" is a name that git keeps'],
    ['git~1', () => work.made.write({ 'x/git~1': '' }), '"git~1" is a name that git keeps'],
    ['.g\u200cit', () => work.made.write({ '.g\u200cit': '' }), 'is a name that git keeps'],
  ])('%s is refused', async (_, prepare, reason) => {
    work.made.write({ a: '1' });
    prepare();
    expect(await work.stageFolder(work.made.folder)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining(reason),
    });
  });

  test('a socket is refused', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(work.at('s'), resolve));
    try {
      expect(await work.stageFolder(work.made.folder)).toMatchObject({
        reason: expect.stringContaining('is a socket'),
      });
    } finally {
      server.close();
    }
  });

  test('a device is refused', async () => {
    expect(await work.stageFolder('/dev', '')).toMatchObject({ status: 'refused' });
  });

  test('a folder on the way that is a link is refused', async () => {
    work.made.write({ 'real/week02/a': '' });
    symlinkSync('real', work.at('labs'));
    expect(await work.stageFolder(work.made.folder, 'labs/week02')).toMatchObject({
      status: 'refused',
    });
  });

  test('one that is gone is broken, since it is not told whose fault that is', async () => {
    expect(await work.stageFolder(work.at('gone'))).toMatchObject({ status: 'broken' });
  });
});
