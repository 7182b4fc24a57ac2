import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { surveyFolder } from './survey.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'survey-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'own.ts'), '');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** An ordinary user, who may not do everything as root may. */
const ORDINARY = 65_534;
const isRoot = process.getuid?.() === 0;

/** The paths that an ordinary user finds. */
function survey(): readonly string[] {
  if (isRoot) process.seteuid?.(ORDINARY);
  try {
    return surveyFolder(folder).map(({ path }) => path);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

const itOnUnix = process.platform === 'win32' ? it.skip : it;

itOnUnix('leaves out a link into a folder that one may not enter', () => {
  const locked = join(folder, 'locked');
  mkdirSync(locked);
  writeFileSync(join(locked, 'hidden.ts'), '');
  symlinkSync('locked/hidden.ts', join(folder, 'link.ts'));
  chmodSync(locked, 0);
  expect(survey()).toEqual(['own.ts']);
  chmodSync(locked, 0o700);
});

itOnUnix('leaves out what lies in a folder that one may list, and not enter', () => {
  const listed = join(folder, 'listed');
  mkdirSync(listed);
  writeFileSync(join(listed, 'hidden.ts'), '');
  chmodSync(listed, 0o444);
  expect(survey()).toEqual(['own.ts']);
  chmodSync(listed, 0o700);
});

// Only root can give a file to somebody else.
(isRoot ? it : it.skip)('leaves out a file that only its owner, who is another, may read', () => {
  writeFileSync(join(folder, 'private.ts'), '', { mode: 0o600 });
  expect(survey()).toEqual(['own.ts']);
});
