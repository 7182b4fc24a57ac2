import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
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
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a folder for copies', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace(chooseWorkspace(folder));
  });
  afterEach(() => {
    workspace.remove();
  });

  test('takes in what was surveyed', () => {
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
});

describe('a room', () => {
  let room: string;
  let workspace: Workspace;
  beforeEach(() => {
    room = join(folder, 'room');
    mkdirSync(room);
    workspace = new Workspace(join(folder, 'work'), [room]);
  });

  /** What a program does that can write beside its copy. */
  function leaveBehind(): void {
    writeFileSync(join(room, 'note'), 'for whoever comes next');
    mkdirSync(join(room, 'locked'), { mode: 0 });
    chmodSync(room, 0);
  }

  test('holds nothing but its copy', () => {
    leaveBehind();
    workspace.copy('stage', []);
    expect(readdirSync(room)).toEqual(['stage']);
  });

  test('is left empty', () => {
    workspace.copy('stage', []);
    leaveBehind();
    workspace.remove();
    expect(readdirSync(room)).toEqual([]);
  });
});
