import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { stageWork } from './stage-work.ts';
import { Staging } from './staging.ts';

let work: Staging;
beforeEach(() => {
  work = new Staging(ENVIRONMENT);
});
afterEach(() => work.remove());

describe('of a commit alone', () => {
  const blob = { mode: '100644', content: 'x' };

  test.each([
    ['..', [{ ...blob, name: '..' }]],
    ['.', [{ ...blob, name: '.' }]],
    ['.git', [{ ...blob, name: '.git' }]],
    ['.GIT', [{ ...blob, name: '.GIT' }]],
    ['git~1', [{ ...blob, name: 'git~1' }]],
    ['a line break', [{ ...blob, name: 'a\nb' }]],
    ['no UTF-8', [{ ...blob, name: Buffer.from([0x61, 0xfe]) }]],
    ['too long a name', [{ ...blob, name: 'x'.repeat(300) }]],
    ['a submodule', [{ mode: '160000', name: 'sub', object: '1'.repeat(40) }]],
    ['a link', [{ mode: '120000', name: 'a', content: '/etc/passwd' }]],
    [
      'one name twice',
      [
        { ...blob, name: 'a' },
        { ...blob, name: 'a' },
      ],
    ],
  ])('a tree with %s is refused', async (_, entries) => {
    const end = await work.stageCommit(work.made.commitTree(work.made.tree(entries)));
    expect(end).toMatchObject({ status: 'refused' });
    expect(work.staged()).toEqual([]);
  });

  test('a tree of trees with billions of files is refused at once', async () => {
    let tree = work.made.tree(
      Array.from({ length: 10 }, (_, n) => ({ ...blob, name: `f${String(n)}` })),
    );
    for (let depth = 0; depth < 9; depth += 1) {
      const names = Array.from({ length: 10 }, (_, n) => `d${String(n)}`);
      tree = work.made.tree(names.map((name) => ({ mode: '040000', name, object: tree })));
    }
    expect(await work.stageCommit(work.made.commitTree(tree))).toMatchObject({ status: 'refused' });
    const hidden = work.made.tree([{ mode: '040000', name: 'node_modules', object: tree }]);
    expect(await work.stageCommit(work.made.commitTree(hidden))).toMatchObject({
      reason: 'it holds more than 100000 files',
    });
  });

  test('a submodule in place of the lab is refused', async () => {
    const labs = work.made.tree([{ mode: '160000', name: 'week02', object: '1'.repeat(40) }]);
    const top = work.made.tree([{ mode: '040000', name: 'labs', object: labs }]);
    expect(await work.stageCommit(work.made.commitTree(top))).toEqual({
      status: 'refused',
      reason: 'labs/week02 is a submodule; put the folder itself there',
    });
  });

  test('an object that is missing is broken', async () => {
    const tree = work.made.tree([{ mode: '100644', name: 'a', object: '1'.repeat(40) }]);
    expect(await work.stageCommit(work.made.commitTree(tree))).toMatchObject({ status: 'broken' });
  });

  test('a batch that is stopped ends it', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    const commit = work.made.commit({ a: '1' });
    const repository = work.at('.git');
    const wanted = { from: 'repository', repository, commit, lab: 'week02' } as const;
    const staging = stageWork(wanted, work.into, { ...work.tools, signal: stopped });
    await expect(staging).rejects.toThrow('stopped');
  });
});
