import { afterEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { basename, join } from 'node:path';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';
import { readLastWords } from './source-location.ts';
import { prepareTypeScript, type Prepared } from './typescript.ts';

let made: TestSubmission | undefined;
afterEach(() => made?.remove());

interface Ready {
  readonly folder: string;
  readonly prepared: Extract<Prepared, { state: 'ready' }>;
}

/** Makes program.ts, and other files, in a folder whose package is of modules, as a lab's is. */
async function prepare(source: string, others: Record<string, string> = {}): Promise<Ready> {
  made = makeSubmission({ 'package.json': '{"type":"module"}', 'program.ts': source, ...others });
  const prepared = await prepareTypeScript(join(made.folder, 'program.ts'));
  if (prepared.state !== 'ready') throw new Error(prepared.message);
  return { folder: made.folder, prepared };
}

async function run(source: string, others: Record<string, string> = {}): Promise<string> {
  const { folder, prepared } = await prepare(source, others);
  const { stdout, stderr } = await execa(process.execPath, prepared.args, {
    cwd: folder,
    reject: false,
  });
  return stdout + stderr;
}

function usesLoader({ prepared }: Ready): boolean {
  return prepared.args.includes('--import');
}

describe('a program runs', () => {
  test.each([
    ['with types alone', 'const x: number = 1; console.log(`x${x}` satisfies string)'],
    ['with an enum', "enum Status { Ok = 200 }\nconsole.log('x' + (Status.Ok - 199))"],
    ['with a const enum', "const enum S { One = 1 }\nconsole.log('x' + S.One)"],
    ['with a namespace', "namespace N { export const one = 1 }\nconsole.log('x' + N.one)"],
    [
      'with parameter properties',
      "class A { constructor(readonly n: number) {} }\nconsole.log('x' + new A(1).n)",
    ],
    ['with a cast in angle brackets', 'const x = <number>1; console.log(`x${x}`)'],
    [
      'with an import of a type alone',
      "import type { Socket } from 'node:net'\nlet s: Socket | undefined; console.log('x1', s ?? '')",
    ],
    [
      'with an import that only types use',
      "import { createServer, type Socket } from 'node:net'\nlet s: Socket | undefined; console.log('x1', typeof createServer, s ?? '')",
    ],
    ['with import.meta', 'console.log(import.meta.filename.length > 0 ? "x1" : "")'],
    ['with top-level await', 'await Promise.resolve(); console.log("x1")'],
    [
      'with top-level await in an expression',
      'const x: number = await Promise.resolve(1); console.log(`x${x}`)',
    ],
    ['with top-level for await', 'for await (const x of [1]) console.log(`x${x}`)'],
    [
      'with require',
      "const { basename } = require('node:path'); console.log('x1', basename('/a'))",
    ],
    [
      'with require, and __dirname',
      "const path = require('node:path'); console.log('x1', path.join(__dirname, 'a'))",
    ],
    [
      'with an import that is a require',
      "import path = require('node:path'); console.log('x1', path.sep)",
    ],
    ['with a byte order mark', '\ufeffconst x: number = 1; console.log(`x${x}`)'],
    [
      'with a first line for the shell',
      '#!/usr/bin/env tsx\nconst x: number = 1; console.log(`x${x}`)',
    ],
    ['with line ends of Windows', 'const x: number = 1;\r\nconsole.log(`x${x}`);\r\n'],
  ])('%s', async (_, source) => {
    expect(await run(source)).toMatch(/^x1/);
  });

  test.each([
    [
      'with require beside import',
      "import { sep } from 'node:path'; const { EOL } = require('node:os'); console.log('x1', sep, EOL)",
    ],
    [
      'with the word import in its page',
      "const page = `\nimport this\n`; const os = require('node:os'); console.log('x1', page, os.EOL)",
    ],
  ])('%s, as far as its package is not one of modules', async (_, source) => {
    expect(await run(source, { 'package.json': '{}' })).toMatch(/^x1/);
  });

  test.each(['./page.ts', './page', './page.js'])(
    'with an import of its own file as %s',
    async (name) => {
      const page = { 'page.ts': "export const page: string = 'x1'" };
      expect(await run(`import { page } from '${name}'\nconsole.log(page)`, page)).toMatch(/^x1/);
    },
  );

  test('with a dynamic import of its own file', async () => {
    const page = { 'page.ts': "export const page: string = 'x1'" };
    const source = "const { page } = await import('./page.ts')\nconsole.log(page)";
    expect(await run(source, page)).toMatch(/^x1/);
  });
});

describe('a program', () => {
  test('without imports of its own runs without the loader, which is slow', async () => {
    expect(
      usesLoader(await prepare("import { createServer } from 'node:net'\ncreateServer()")),
    ).toBe(false);
    expect(usesLoader(await prepare("const net = require('node:net')"))).toBe(false);
  });

  test('is written beside itself, with its own name', async () => {
    const { folder, prepared } = await prepare("import 'node:net'");
    const file = prepared.args.at(-1) ?? '';
    expect(join(folder, basename(file))).toBe(file);
    expect(basename(file)).toMatch(/^program\./);
  });

  test('is written beside itself where a folder has its name', async () => {
    const others = { 'program.mjs/a': '', 'program.mjs_/a': '', 'program.cjs/a': '' };
    expect(await run("import net from 'node:net'; console.log('x', typeof net)", others)).toBe(
      'x object',
    );
  });

  test('that imports its own file is left to the loader', async () => {
    const ready = await prepare("import { page } from './page.ts'\npage", {
      'page.ts': 'export const page = 1',
    });
    expect(usesLoader(ready)).toBe(true);
    expect(ready.prepared.args.at(-1)).toBe(join(ready.folder, 'program.ts'));
  });
});

describe('a syntax error', () => {
  test.each([
    ['const x: number = ;', 1, 19],
    ['const a = 1;\nconst b = 2;\n  if (a {\n', 3, 9],
    ['// naïve 東京 🎉\nlet = = 1;\n', 2, 7],
  ])('names its line and column: %j', async (source, line, column) => {
    made = makeSubmission({ 'program.ts': source });
    const file = join(made.folder, 'program.ts');
    const prepared = await prepareTypeScript(file);
    expect(prepared).toMatchObject({ state: 'syntax-error', location: { file, line, column } });
  });
});

describe('a stack', () => {
  test('names the line of the TypeScript, not of what runs in its place', async () => {
    const source = [
      "import { EOL } from 'node:os';",
      'interface Page { readonly text: string }',
      'function show(page: Page | undefined): string {',
      '  return page!.text + EOL;',
      '}',
      'enum Kind { One }',
      'console.log(Kind.One, show(undefined));',
    ].join('\n');
    const { folder, prepared } = await prepare(source);
    const { stderr } = await execa(process.execPath, prepared.args, { reject: false });
    const words = readLastWords(stderr, { folder, emitted: prepared.emitted });
    expect(words.source).toEqual({ file: 'program.ts', line: 4, column: expect.any(Number) });
    expect(words.text).toContain('TypeError');
    expect(words.text).not.toContain(folder);
    expect(words.text).not.toMatch(/program\.[mc]js/);
  });

  test('of a program under the loader names its line as well', async () => {
    const source = "import { fail } from './fail.ts';\n\n\nfail();\n";
    const fail =
      'type Never = never;\nexport function fail(): Never {\n  throw new Error("no");\n}\n';
    const { folder, prepared } = await prepare(source, { 'fail.ts': fail });
    const { stderr } = await execa(process.execPath, prepared.args, { cwd: folder, reject: false });
    const words = readLastWords(stderr, { folder, emitted: prepared.emitted });
    expect(words.source).toMatchObject({ file: 'fail.ts', line: 3 });
  });
});
