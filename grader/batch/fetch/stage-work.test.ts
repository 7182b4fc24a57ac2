import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../testing/cli.ts';
import type { Staged } from './stage-work.ts';
import { Staging } from './staging.ts';

let work: Staging;
beforeEach(() => {
  work = new Staging(ENVIRONMENT);
});
afterEach(() => work.remove());

const FILES = {
  'labs/week02/http_serve1/http_serve1.ts': 'one',
  'labs/week02/web/ä b.txt': 'two\r\n',
  'labs/week01/x.ts': 'other',
  'README.md': 'read',
};

describe.each(['commit', 'folder'] as const)('of a %s', (kind) => {
  const stage = (path?: string): Promise<Staged> => work.stage(kind, path);

  test('only the folder of the lab is staged', async () => {
    work.made.write(FILES);
    expect(await stage()).toMatchObject({ status: 'staged', files: 2, bytes: 8 });
    expect(work.staged()).toEqual([
      'http_serve1',
      'http_serve1/http_serve1.ts',
      'web',
      'web/ä b.txt',
    ]);
    expect(readFileSync(join(work.into, 'web/ä b.txt'), 'utf8')).toBe('two\r\n');
  });

  test.each([
    ['assignments', { 'assignments/week02/a.py': '1', 'labs/week01/b': '' }, ['a.py']],
    ['the submission itself', { 'http_serve1/a.py': '1' }, ['http_serve1', 'http_serve1/a.py']],
    ['a flat one', { 'lab/a.py': '1', 'athome/b': '1' }, ['athome', 'athome/b', 'lab', 'lab/a.py']],
  ] as const)('the lab is found in %s', async (_, files, names) => {
    work.made.write(files);
    expect(await stage()).toMatchObject({ status: 'staged' });
    expect(work.staged()).toEqual(names);
  });

  test('a path of the roster comes first, and an empty one is the top', async () => {
    work.made.write({ ...FILES, 'mine/deep/a.py': '1' });
    await stage('mine/deep');
    expect(work.staged()).toEqual(['a.py']);
    rmSync(work.into, { recursive: true });
    await stage('');
    expect(work.staged()).toContain('labs/week01/x.ts');
  });

  test.each([
    [
      'a repository of other labs',
      undefined,
      'there is no folder labs/week02 or assignments/week02 in it',
    ],
    ['a path that is not there', 'none/at/all', 'there is no folder none/at/all in it'],
    ['a path of a file', 'labs/week01/x.ts', 'there is no folder labs/week01/x.ts in it'],
    ['a path below a file', 'labs/week01/x.ts/y', 'there is no folder labs/week01/x.ts/y in it'],
  ])('%s is nothing', async (_, path, reason) => {
    work.made.write({ 'labs/week01/x.ts': '' });
    expect(await stage(path)).toEqual({ status: 'nothing', reason });
    expect(work.staged()).toEqual([]);
  });

  test('what is not needed is left out, and not looked at', async () => {
    work.made.write({ 'a.py': '', 'node_modules/-x': '', 'b/__pycache__/c.pyc': '', 'b/d': '' });
    mkdirSync(join(work.made.folder, '.venv'));
    symlinkSync('/usr/bin/python3', join(work.made.folder, '.venv/python'));
    expect(await stage()).toMatchObject({ files: 2 });
    expect(work.staged()).toEqual(['a.py', 'b', 'b/d']);
  });

  test('the execute bit is kept, and all can read it', async () => {
    work.made.write({ 'a/run': '#!/bin/sh\n', 'a/b': '' });
    chmodSync(join(work.made.folder, 'a/run'), 0o700);
    chmodSync(join(work.made.folder, 'a/b'), 0o600);
    const before = process.umask(0o077);
    try {
      await stage();
    } finally {
      process.umask(before);
    }
    const modeOf = (path: string): number => statSync(join(work.into, path)).mode & 0o7777;
    expect([modeOf('a'), modeOf('a/run'), modeOf('a/b')]).toEqual([0o755, 0o755, 0o644]);
  });

  test('the digest tells contents, names and execute bits apart, and nothing else', async () => {
    const digest = async (): Promise<string> => {
      rmSync(work.into, { recursive: true, force: true });
      const end = await stage();
      return end.status === 'staged' ? end.digest : end.reason;
    };
    work.made.write({ a: '1', b: '2' });
    const digests = [await digest(), await digest()];
    expect(new Set(digests).size).toBe(1);
    work.made.write({ a: '2', b: '1' });
    digests.push(await digest());
    chmodSync(join(work.made.folder, 'a'), 0o755);
    digests.push(await digest());
    renameSync(work.at('a'), work.at('c'));
    digests.push(await digest());
    expect(new Set(digests).size).toBe(4);
  });

  test('large and empty files are staged to the last byte', async () => {
    const large = Buffer.alloc(3 * 1024 * 1024 + 7, 'abc\n\0');
    work.made.write({ large, empty: '', line: '\n', 'z/after': 'after' });
    expect(await stage()).toMatchObject({ files: 4, bytes: large.length + 6 });
    expect(readFileSync(join(work.into, 'large')).equals(large)).toBe(true);
    expect(readFileSync(join(work.into, 'z/after'), 'utf8')).toBe('after');
  });
});
