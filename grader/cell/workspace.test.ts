import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileGone, UsageError } from '../model/errors.ts';
import { surveyFolder } from './survey.ts';
import { chooseWorkspace, Workspace } from './workspace.ts';

let folder: string;
let workspace: Workspace;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
  workspace = new Workspace(chooseWorkspace(folder));
});
afterEach(() => {
  workspace.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('copies what was surveyed', () => {
  writeFileSync(join(folder, 'kept'), 'text');
  const copy = workspace.copy('stage', surveyFolder(join(folder, 'kept'), 'web/page'));
  expect(readFileSync(join(copy, 'web/page'), 'utf8')).toBe('text');
});

test('names the file that went away after the survey, and blames no folder for it', () => {
  const source = join(folder, 'program.ts.tmp');
  writeFileSync(source, '');
  const files = surveyFolder(source, 'program.ts.tmp');
  rmSync(source);
  const copy = (): string => workspace.copy('stage', files);
  expect(copy).toThrow(FileGone);
  expect(copy).toThrow(`${source} went away`);
});

test('says where no copy can be made', () => {
  rmSync(workspace.folder, { recursive: true });
  const copy = (): string => workspace.copy('stage', []);
  expect(copy).toThrow(UsageError);
  expect(copy).toThrow(/^cannot copy the submission into .*: it does not exist; set TMPDIR/);
  expect(existsSync(workspace.folder)).toBe(false);
});
