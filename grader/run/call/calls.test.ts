import { afterEach, describe, expect, test } from '@jest/globals';
import { call, callGroups, forgetCalled } from '../../testing/call-file.ts';
import { isInstalled } from '../../testing/cli.ts';
import type { CallValue } from './outcome.ts';

afterEach(forgetCalled);

const python = isInstalled('python3');

describe('calls', () => {
  const echo = 'export const okResponse = (x) => x;';

  test('answer in the order in which they were made, each with its own arguments', async () => {
    const calls: CallValue[][] = [
      [{ type: 'text', value: 'one' }],
      [{ type: 'bytes', value: Buffer.from([0, 255]).toString('base64') }],
      [],
    ];
    const values = (await call('a.mjs', echo, { calls })).map(
      (each) => 'value' in each && each.value,
    );
    expect(values).toMatchObject([calls[0]?.[0], calls[1]?.[0], { type: 'other' }]);
  });

  test('go on after one that threw', async () => {
    const source =
      'export const okResponse = (x) => { if (x === "a") throw new Error("no"); return x }';
    const calls: CallValue[][] = [[{ type: 'text', value: 'a' }], [{ type: 'text', value: 'b' }]];
    expect(await call('a.mjs', source, { calls })).toMatchObject([
      { kind: 'threw' },
      { kind: 'returned' },
    ]);
  });

  test.each([
    ['for ever', 'export const okResponse = () => { for (;;); }'],
    ['on a promise that nobody keeps', 'export const okResponse = () => new Promise(() => {})'],
  ])('that wait %s are given up', async (_, source) => {
    expect(await call('a.mjs', source, { withinMs: 1500 })).toEqual([
      { kind: 'never-returned', during: 'call' },
    ]);
  });

  test.each([
    ['for ever', 'for (;;);', 'a.mjs'],
    ['on a promise that nobody keeps', 'await new Promise(() => {});', 'a.mjs'],
    ['for a person', 'import sys; sys.stdin.readline()', 'a.py'],
  ])('of a program that waits %s when it is imported are given up', async (_, source, file) => {
    if (file.endsWith('.py') && !python) return;
    expect(await call(file, source, { withinMs: 1500 })).toEqual([
      { kind: 'never-returned', during: 'import' },
    ]);
  });

  const one = (value: string): readonly CallValue[] => [{ type: 'text', value }];
  const calls = [one('a'), one('b'), one('c')];
  const a = { kind: 'returned', value: { type: 'text', value: 'a' } };

  test.each([
    ['a.mjs', 'export const okResponse = (x) => { while (x === "b"); return x }'],
    ['a.py', 'def ok_response(x):\n    while x == "b": pass\n    return x\n'],
  ])('of %s keep their answers where a later one does not return', async (file, source) => {
    if (file.endsWith('.py') && !python) return;
    const late = { kind: 'never-returned', during: 'call' };
    expect(await call(file, source, { calls, withinMs: 1500 })).toEqual([
      a,
      late,
      { ...late, during: 'earlier-call' },
    ]);
  });

  test('keep their answers where a later one ends the program', async () => {
    const source = 'export const okResponse = (x) => { if (x === "b") process.exit(3); return x }';
    const died = { kind: 'died', how: 'with exit code 3' };
    expect(await call('a.mjs', source, { calls })).toMatchObject([a, died, died]);
  });
});

describe.each([
  [
    'Node',
    'a.mjs',
    'export const first = (x) => x; export const second = () => { throw new Error("no") }; export const stops = () => process.exit(3)',
  ],
  [
    'Python',
    'a.py',
    'import os\ndef first(x): return x\ndef second(x): raise ValueError("no")\ndef stops(x): os._exit(3)',
  ],
])('functions of a %s program that are called in one process', (_, file, source) => {
  const groups = (...names: string[]) =>
    names.map((name) => ({ name, calls: [[TEXT], [TEXT]] as const }));
  const TEXT: CallValue = { type: 'text', value: 'é' };
  const given = { kind: 'returned', value: TEXT };
  const testHere = file.endsWith('.py') && !python ? test.skip : test;

  testHere('answer each for itself', async () => {
    const asked = { groups: groups('first', 'second', 'lacking'), withinMs: 8000 };
    expect(await callGroups(file, source, asked)).toMatchObject([
      [given, given],
      [{ kind: 'threw' }, { kind: 'threw' }],
      [{ kind: 'missing' }],
    ]);
  });

  testHere('are not known from where one of them ended the process', async () => {
    const asked = { groups: groups('first', 'stops', 'second'), withinMs: 8000 };
    expect(await callGroups(file, source, asked)).toEqual([[given, given], undefined, undefined]);
    const alone = { groups: groups('stops'), withinMs: 8000 };
    const died = { kind: 'died', during: 'call' };
    expect(await callGroups(file, source, alone)).toMatchObject([[died, died]]);
  });

  testHere('are not known where the program cannot be imported', async () => {
    const asked = { groups: groups('first', 'second'), withinMs: 8000 };
    const broken = file.endsWith('.py') ? 'raise ValueError("no")' : 'throw new Error("no")';
    expect(await callGroups(file, broken, asked)).toMatchObject([
      [{ kind: 'import-threw' }],
      undefined,
    ]);
  });
});
