import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFixed } from './fixed-files.ts';

let copy: string;
let source: string;

beforeEach(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'copy-')));
  mkdirSync(join(copy, 'stage'));
  source = join(copy, 'stage/program.py');
  writeFileSync(source, 'print(1)');
});

afterEach(() => {
  rmSync(copy, { recursive: true, force: true });
});

const list = () => {
  const fixed = [{ path: source, bytes: Buffer.from('print(1)') }];
  return listFixed({ copy, fixed, reads: [] }).map(({ path }) => path);
};

it('keeps the source of a program as it is', () => {
  expect(list()).toEqual([source]);
});

it('does not follow a link that a program has put in the place of its source', () => {
  rmSync(source);
  symlinkSync('/etc/hosts', source);
  expect(list()).toEqual([]);
});

it('does not follow a link in the place of a folder on the way', () => {
  renameSync(join(copy, 'stage'), join(copy, 'elsewhere'));
  symlinkSync(join(copy, 'elsewhere'), join(copy, 'stage'));
  expect(list()).toEqual([]);
});

it('leaves out a source that is not there any more', () => {
  rmSync(join(copy, 'stage'), { recursive: true });
  writeFileSync(join(copy, 'stage'), 'a file');
  expect(list()).toEqual([]);
});
