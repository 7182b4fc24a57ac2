import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../testing/cli.ts';
import { fetchFork, type Fetched } from './fetch-fork.ts';
import { MadeRepository } from './made-repository.ts';
import { stageWork, type Staged } from './stage-work.ts';

// Each test has a control: what an ordinary git does with the same repository.

let made: MadeRepository;
let scratch: string;
let trace: string;
let into: string;
beforeEach(() => {
  made = new MadeRepository();
  scratch = mkdtempSync(join(tmpdir(), 'hostile-'));
  trace = join(scratch, 'trace');
  into = join(scratch, 'into');
});
afterEach(() => {
  made.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** A program that leaves a trace when it is run. */
function plantProgram(): string {
  const program = join(scratch, 'program');
  writeFileSync(program, `#!/bin/sh\necho ran >>'${trace}'\nexec cat\n`);
  chmodSync(program, 0o755);
  return program;
}

/** Runs an ordinary git, and takes the trace away. @returns whether it had left one */
function leavesTrace(args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  made.git(args, '', env);
  const ran = existsSync(trace);
  rmSync(trace, { force: true });
  return ran;
}

const signal = new AbortController().signal;

function take(environment = ENVIRONMENT): Promise<Fetched> {
  return fetchFork({ repo: made.folder, cache: join(scratch, 'cache'), environment, signal });
}

async function takeAndStage(environment = ENVIRONMENT): Promise<Staged> {
  const fetched = await take(environment);
  if (fetched.status !== 'fetched') return fetched;
  const { repository, commit } = fetched;
  const work = { from: 'repository', repository, commit, lab: 'week02' } as const;
  return stageWork(work, into, { environment, signal });
}

describe('nothing of it runs', () => {
  test('of the settings and hooks of a repository on this machine', async () => {
    made.commit({ a: '1' });
    const program = plantProgram();
    for (const name of ['core.fsmonitor', 'uploadpack.packObjectsHook', 'core.pager']) {
      made.git(['config', name, program]);
    }
    made.git(['config', 'core.alternateRefsCommand', program]);
    mkdirSync(join(made.folder, '.git/hooks'), { recursive: true });
    for (const hook of [
      'post-checkout',
      'reference-transaction',
      'pre-receive',
      'post-index-change',
    ]) {
      writeFileSync(join(made.folder, '.git/hooks', hook), readFileSync(program));
      chmodSync(join(made.folder, '.git/hooks', hook), 0o755);
    }
    expect(leavesTrace(['status'])).toBe(true);
    expect(await takeAndStage()).toMatchObject({ status: 'staged', files: 1 });
    expect(await takeAndStageAgain()).toMatchObject({ status: 'staged' });
    const work = { from: 'folder', folder: made.folder, lab: 'week02' } as const;
    rmSync(into, { recursive: true });
    expect(await stageWork(work, into, { environment: ENVIRONMENT, signal })).toMatchObject({
      status: 'staged',
    });
    expect(existsSync(trace)).toBe(false);
  });

  function takeAndStageAgain(): Promise<Staged> {
    rmSync(into, { recursive: true });
    return takeAndStage();
  }

  test('of filters, large-file pointers, and the settings of whoever starts the batch', async () => {
    const program = plantProgram();
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
    made.commit({ '.gitattributes': '* filter=evil text eol=crlf\n', 'a.py': pointer });
    const home = join(scratch, 'home');
    mkdirSync(join(home, 'hooks'), { recursive: true });
    writeFileSync(join(home, 'hooks/post-checkout'), readFileSync(program));
    chmodSync(join(home, 'hooks/post-checkout'), 0o755);
    const settings = join(home, '.gitconfig');
    writeFileSync(
      settings,
      `[filter "evil"]\n smudge = ${program}\n required\n[core]\n hooksPath = ${home}/hooks\n` +
        `[url "/nowhere/"]\n insteadOf = ${made.folder}\n`,
    );
    const control = join(scratch, 'control');
    const address = `file://${made.folder}`; // which the settings leave alone
    const env = { GIT_CONFIG_GLOBAL: settings };
    expect(leavesTrace(['clone', address, control], env)).toBe(true);
    expect(() => leavesTrace(['clone', made.folder, `${control}-2`], env)).toThrow('/nowhere/');
    expect(readFileSync(join(control, 'a.py'), 'utf8')).toContain('\r\n');
    const environment = { ...ENVIRONMENT, HOME: home, GIT_CONFIG_GLOBAL: settings };
    expect(await takeAndStage(environment)).toMatchObject({ status: 'staged' });
    expect(existsSync(trace)).toBe(false);
    expect(readFileSync(join(into, 'a.py'), 'utf8')).toBe(pointer);
  });

  test('of its submodules, which are not fetched', async () => {
    const other = new MadeRepository();
    try {
      other.commit({ stolen: '1' });
      const allow = ['-c', 'protocol.file.allow=always'];
      made.commit({ a: '1' });
      made.git([...allow, 'submodule', '--quiet', 'add', other.folder, 'sub']);
      made.commit({});
      const control = join(scratch, 'control');
      made.git([...allow, 'clone', '--quiet', '--recurse-submodules', '.', control]);
      expect(existsSync(join(control, 'sub/stolen'))).toBe(true);
      expect(await takeAndStage()).toEqual({
        status: 'refused',
        reason: '"sub" is a submodule; put the file itself there',
      });
    } finally {
      other.remove();
    }
  });

  test('of its link, through which git would have written', async () => {
    const outside = join(scratch, 'outside');
    mkdirSync(outside);
    const link = made.tree([{ mode: '120000', name: 'web', content: outside }]);
    made.commitTree(link);
    const control = join(scratch, 'control');
    made.git(['clone', '--quiet', '.', control]);
    writeFileSync(join(control, 'web/x'), '');
    expect(existsSync(join(outside, 'x'))).toBe(true);
    expect(await takeAndStage()).toMatchObject({ status: 'refused' });
  });
});

test('no address of it is a command', async () => {
  const repo = `ext::touch ${trace}`;
  const control = ['-c', 'protocol.ext.allow=always', 'ls-remote', repo];
  expect(() => leavesTrace(control)).toThrow();
  expect(existsSync(trace)).toBe(true);
  rmSync(trace);
  const cache = join(scratch, 'cache');
  const fetched = await fetchFork({ repo, cache, environment: ENVIRONMENT, signal });
  expect(fetched).toMatchObject({ status: 'broken' });
  expect(existsSync(trace)).toBe(false);
});

describe('what git itself finds wrong is refused', () => {
  test.each([
    ['a tree that holds .git', '.git', "contains '.git'"],
    ['a tree that leads up', '..', "contains '..'"],
  ])('%s', async (_, name, what) => {
    made.commitTree(made.tree([{ mode: '100644', name, content: 'x' }]));
    made.git(['clone', '--quiet', '--bare', '--no-local', '.', join(scratch, 'control')]);
    expect(await take()).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining(what),
    });
  });

  test('a submodule whose address is an option', async () => {
    made.commit({ '.gitmodules': '[submodule "x"]\n path = x\n url = --upload-pack=id\n' });
    expect(await take()).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('disallowed submodule url'),
    });
  });
});

test('a file of gigabytes that is small when it is sent is never unpacked', async () => {
  const giant = join(made.folder, 'giant');
  writeFileSync(giant, '');
  truncateSync(giant, 300 * 1024 * 1024);
  made.commit({});
  expect(await takeAndStage()).toMatchObject({
    status: 'refused',
    reason: expect.stringContaining('more than 5000 files or 96 MiB'),
  });
});
