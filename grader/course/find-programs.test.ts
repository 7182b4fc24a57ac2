import { afterEach, describe, expect, test } from '@jest/globals';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab/check.ts';
import { readRuntimes } from '../run/runtimes.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';
import { findProgram, type StageProgram } from './find-programs.ts';
import { findSubmission } from './find-submission.ts';
import { loadLab } from './load-lab.ts';
import { labFolder, PROJECT } from './project.ts';
import { readStarterDigests } from './starters.ts';

const lab: Lab = await loadLab('week02');

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

function find(stageId: string, from: string, overrides: string[] = []): StageProgram {
  const stage = lab.stages.find(({ id }) => id === stageId);
  if (!stage) throw new Error(`there is no stage ${stageId}`);
  const runtimes = readRuntimes(overrides);
  const digests = readStarterDigests(lab.id);
  return findProgram(findSubmission(from, lab.id), stage, { runtimes, digests });
}

function findIn(stageId: string, paths: readonly string[], overrides?: string[]): StageProgram {
  made = makeSubmission(Object.fromEntries(paths.map((path) => [path, 'run()\n'])));
  return find(stageId, made.folder, overrides);
}

function starterOf(stage: string): string {
  return readFileSync(join(labFolder('week02'), stage, `${stage}.ts`), 'utf8');
}

describe('a program is found', () => {
  test.each(['ts', 'mts', 'js', 'mjs', 'cjs', 'py', 'sh'])(
    'in a folder of its stage as .%s',
    (ext) => {
      const file = `http_serve2/http_serve2.${ext}`;
      expect(findIn('http_serve2', [file])).toMatchObject({ program: { file, folder: '.' } });
    },
  );

  test.each([
    ['flat', 'http_serve2.py'],
    ['as server.EXT in a folder of its stage', 'http_serve2/server.mjs'],
    ['in lab/, as in old course repositories', 'lab/http_serve2.py'],
    ['in lab/ in a folder of its stage', 'lab/http_serve2/http_serve2.py'],
  ])('%s', (_, file) => {
    expect(findIn('http_serve2', [file])).toMatchObject({ state: 'found', program: { file } });
  });

  test('in athome/ beside lab/, as in old course repositories', () => {
    const paths = ['lab/http_serve5.py', 'athome/athome.py'];
    expect(findIn('athome', paths)).toMatchObject({
      program: { file: 'athome/athome.py', folder: 'athome' },
    });
  });

  test.each(['labs', 'assignments'])('in %s/LAB where a whole repository is given', (folder) => {
    const program = findIn('http_serve2', [
      `${folder}/week02/http_serve2/http_serve2.py`,
      'README',
    ]);
    expect(program).toMatchObject({ program: { file: 'http_serve2/http_serve2.py' } });
  });

  test('with an extension that --runtime names', () => {
    const program = findIn('http_serve2', ['http_serve2/http_serve2.rb'], ['rb=ruby']);
    expect(program).toMatchObject({
      program: { file: 'http_serve2/http_serve2.rb', runtime: { extension: 'rb' } },
    });
  });

  test('without an extension, where it is executable and says what runs it', () => {
    made = makeSubmission({ 'http_serve2/http_serve2': '#!/bin/sh\n' });
    const file = 'http_serve2/http_serve2';
    expect(find('http_serve2', made.folder)).toEqual({ state: 'missing' });
    chmodSync(join(made.folder, file), 0o755);
    expect(find('http_serve2', made.folder)).toMatchObject({ program: { file } });
  });

  test('where the stage is given complete, though it is untouched', () => {
    expect(find('echo_server', labFolder('week02'))).toMatchObject({ state: 'found' });
  });
});

describe('no program is found', () => {
  test.each([
    ['where there is none', ['http_serve3/http_serve3.py']],
    ['in a file without an extension and without a shebang', ['http_serve2/http_serve2']],
    ['in a file of another name', ['http_serve2/http_serve2_old.py', 'http_serve2/main.py']],
    ['in a folder that has its name', ['http_serve2/http_serve2.py/x.txt']],
    ['in a file whose extension nothing runs', ['http_serve2/http_serve2.rb']],
    ['in notes', ['http_serve2.txt', 'http_serve2.md']],
  ])('%s', (_, paths) => {
    expect(findIn('http_serve2', paths)).toEqual({ state: 'missing' });
  });
});

describe('two programs of one stage', () => {
  test('in one place are an error that names both', () => {
    const both = ['http_serve2/http_serve2.py', 'http_serve2/http_serve2.js'];
    const act = (): unknown => findIn('http_serve2', both);
    expect(act).toThrow('http_serve2/http_serve2.py');
    made?.remove();
    expect(act).toThrow('http_serve2/http_serve2.js');
  });

  test('in one place, the one an executable, are an error too', () => {
    made = makeSubmission({
      'http_serve2/http_serve2': '#!/bin/sh\n',
      'http_serve2/http_serve2.py': 'run()\n',
    });
    chmodSync(join(made.folder, 'http_serve2/http_serve2'), 0o755);
    const { folder } = made;
    expect(() => find('http_serve2', folder)).toThrow('has two programs');
  });

  test('in two places are the one in the folder of the stage', () => {
    const program = findIn('http_serve2', ['http_serve2.py', 'http_serve2/http_serve2.py']);
    expect(program).toMatchObject({ program: { file: 'http_serve2/http_serve2.py' } });
  });
});

describe('an untouched starter', () => {
  test('is no program yet', () => {
    expect(find('http_serve2', labFolder('week02'))).toEqual({
      state: 'not-started',
      file: 'http_serve2/http_serve2.ts',
    });
  });

  test('that an editor saved with other white space is none either', () => {
    const text = starterOf('http_serve2').replaceAll('\n', '\r\n').replaceAll('  ', '\t');
    made = makeSubmission({ 'http_serve2/http_serve2.ts': text });
    expect(find('http_serve2', made.folder)).toMatchObject({ state: 'not-started' });
  });

  test('with one line of work in it is a program', () => {
    made = makeSubmission({ 'http_serve2/http_serve2.ts': `${starterOf('http_serve2')}run();\n` });
    expect(find('http_serve2', made.folder)).toMatchObject({ state: 'found' });
  });

  test.each(['http_serve2/http_serve2.py', 'http_serve2.py', 'http_serve2/server.py'])(
    'does not stand in the way of %s',
    (file) => {
      made = makeSubmission({
        'http_serve2/http_serve2.ts': starterOf('http_serve2'),
        [file]: 'run()\n',
      });
      expect(find('http_serve2', made.folder)).toMatchObject({ program: { file } });
    },
  );

  test('that is given complete does not stand in the way of another language', () => {
    made = makeSubmission({
      'echo_server/echo_server.ts': starterOf('echo_server'),
      'echo_server/echo_server.py': 'run()\n',
    });
    const file = 'echo_server/echo_server.py';
    expect(find('echo_server', made.folder)).toMatchObject({ program: { file } });
  });
});

test('the worked solutions are found whole', () => {
  for (const { id } of lab.stages) {
    const worked = join(PROJECT, 'solutions/week02');
    expect(find(id, worked)).toMatchObject({ program: { file: `${id}/${id}.ts` } });
  }
});
