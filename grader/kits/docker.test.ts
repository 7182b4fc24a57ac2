import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DockerfileParser } from 'dockerfile-ast';
import { execa } from 'execa';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackedFiles } from './packed-files.ts';
import { loadLab } from '../course/load-lab.ts';
import { PROJECT } from '../course/project.ts';
import { unpackKit, type UnpackedKit } from '../testing/unpacked-kit.ts';

const FILE = 'week02.Dockerfile';
/** In the course of somebody who works on it. */
const MAY_BE_THERE = ['labs/week02/athome.ts', '.git/config'];

describe('a kit for Docker', () => {
  let kit: UnpackedKit;
  beforeAll(async () => {
    kit = await unpackKit('docker');
  });
  afterAll(() => kit.remove());

  const readInstructions = (): readonly { readonly keyword: string; readonly text: string }[] =>
    DockerfileParser.parse(kit.read(FILE))
      .getInstructions()
      .map((each) => ({ keyword: each.getKeyword(), text: each.getArgumentsContent() ?? '' }));

  test('is a Dockerfile whose programs do not run as root', () => {
    const instructions = readInstructions();
    expect(instructions.map(({ keyword }) => keyword)).toEqual([
      ...['FROM', 'RUN', 'WORKDIR', 'COPY', 'RUN', 'COPY', 'RUN', 'USER', 'WORKDIR'],
      ...['ENTRYPOINT', 'CMD'],
    ]);
    expect(instructions.find(({ keyword }) => keyword === 'FROM')?.text).toMatch(/^node:\d+-slim$/);
    expect(instructions.find(({ keyword }) => keyword === 'USER')?.text).toBe('node');
  });

  test('has shell commands that a shell can read', async () => {
    for (const { text } of readInstructions().filter(({ keyword }) => keyword === 'RUN')) {
      await execa('sh', ['-n', '-c', text]);
    }
  });

  test('grades by its own command, with no more of the course than it may take', async () => {
    const image = mkdtempSync(join(tmpdir(), 'image-'));
    for (const { path, source } of listPackedFiles(await loadLab('week02'))) {
      if (isTaken(kit.read(`${FILE}.dockerignore`), path)) cpSync(source, join(image, path));
    }
    symlinkSync(join(PROJECT, 'node_modules'), join(image, 'node_modules'));
    const last = readInstructions().filter(({ keyword }) => /^(?:ENTRYPOINT|CMD)$/.test(keyword));
    const [command = '', ...args] = last
      .flatMap(({ text }) => readWords(text))
      .map((word) => word.replace('/opt/wiregrade', image))
      .map((word) => (word === '/work' ? join(PROJECT, 'solutions/week02') : word));
    const { stdout, exitCode } = await execa(command, args, { reject: false });
    rmSync(image, { recursive: true });
    expect(stdout).toContain('100/100 points');
    expect(exitCode).toBe(0);
  }, 60_000);

  test.each([
    'solutions/week02/athome/athome.ts',
    'labs/week02/athome/athome.ts',
    'labs/week02/athome.ts',
    'grader/commands/grade.test.ts',
    'grader/testing/cli.ts',
    'node_modules/ejs/package.json',
    '.git/config',
  ])('takes no %s', (path) => {
    const isThere = existsSync(join(PROJECT, path)) || MAY_BE_THERE.includes(path);
    expect(isThere).toBe(true);
    expect(isTaken(kit.read(`${FILE}.dockerignore`), path)).toBe(false);
  });
});

/** What .dockerignore makes of a path: the last pattern that matches it, or a folder above it, decides. */
function isTaken(ignore: string, path: string): boolean {
  const patterns = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const last = patterns.findLast((line) => matches(line.replace('!', ''), path));
  return last === undefined || last.startsWith('!');
}

const WILDCARDS = new Map([
  ['**/', '(?:.*/)?'],
  ['**', '.*'],
  ['*', '[^/]*'],
]);

function matches(pattern: string, path: string): boolean {
  const source = pattern.replace(
    /\*\*\/|\*\*?|[.+?^${}()|[\]\\]/g,
    (special) => WILDCARDS.get(special) ?? `\\${special}`,
  );
  return new RegExp(`^${source}(?:/|$)`).test(path);
}

function readWords(json: string): readonly string[] {
  const words: unknown = JSON.parse(json);
  return Array.isArray(words) ? words.map(String) : [];
}
