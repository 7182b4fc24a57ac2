import { afterEach, describe, expect, test } from '@jest/globals';
import { call, forgetCalled } from '../../testing/call-file.ts';
import { isInstalled } from '../../testing/cli.ts';

afterEach(forgetCalled);

const TEXT = { kind: 'returned', value: { type: 'text', value: '<é>' } };
const BYTES = {
  kind: 'returned',
  value: { type: 'bytes', value: Buffer.from('<é>').toString('base64') },
};
const THREW = { kind: 'threw', message: expect.stringContaining('not é') };
const SERVE = "require('node:net').createServer().listen(0);";

describe('a function of a Node program', () => {
  test.each<[string, string, string, unknown]>([
    [
      'in TypeScript',
      'a.ts',
      'export function okResponse(x: string): string { return `<${x}>` }',
      TEXT,
    ],
    [
      'in TypeScript, as a constant',
      'a.ts',
      'export const okResponse = (x: string): string => `<${x}>`',
      TEXT,
    ],
    ['in a module', 'a.mjs', 'export function okResponse(x) { return `<${x}>` }', TEXT],
    ['in CommonJS', 'a.cjs', 'exports.okResponse = (x) => `<${x}>`', TEXT],
    [
      'in CommonJS, as one object',
      'a.js',
      'module.exports = { okResponse: (x) => `<${x}>` }',
      TEXT,
    ],
    [
      'in TypeScript with module.exports',
      'a.ts',
      "const f = (x: string) => `<${x}>`; module.exports = { okResponse: f }; require('node:net')",
      TEXT,
    ],
    ['within the default export', 'a.mjs', 'export default { okResponse: (x) => `<${x}>` }', TEXT],
    ['that gives bytes', 'a.mjs', 'export const okResponse = (x) => Buffer.from(`<${x}>`)', BYTES],
    [
      'that gives a Uint8Array',
      'a.mjs',
      'export const okResponse = (x) => new TextEncoder().encode(`<${x}>`)',
      BYTES,
    ],
    ['that is asynchronous', 'a.mjs', 'export const okResponse = async (x) => `<${x}>`', TEXT],
    [
      'that throws',
      'a.mjs',
      'export const okResponse = (x) => { throw new Error(`not ${x}`) }',
      THREW,
    ],
    [
      'that throws later',
      'a.mjs',
      'export const okResponse = async (x) => { throw new Error(`not ${x}`) }',
      THREW,
    ],
    [
      'that throws a string',
      'a.mjs',
      'export const okResponse = (x) => { throw `not ${x}` }',
      THREW,
    ],
    [
      'of a program that listens when it is imported',
      'a.cjs',
      `${SERVE} exports.okResponse = (x) => \`<\${x}>\``,
      TEXT,
    ],
    [
      'of a program that prints',
      'a.mjs',
      'console.log("[]"); export const okResponse = (x) => { console.log(x); return `<${x}>` }',
      TEXT,
    ],
    [
      'that gives something else',
      'a.mjs',
      'export const okResponse = (x) => ({ x })',
      { kind: 'returned', value: { type: 'other', value: '{"x":"é"}' } },
    ],
    [
      'that gives nothing',
      'a.mjs',
      'export const okResponse = () => {}',
      { kind: 'returned', value: { type: 'other', value: 'undefined' } },
    ],
    ['that is missing', 'a.mjs', 'export const other = 1', { kind: 'missing', exports: ['other'] }],
    [
      'of a program that throws when it is imported',
      'a.mjs',
      'throw new Error("not é"); export const okResponse = 1',
      { kind: 'import-threw', message: 'not é' },
    ],
    [
      'that ends the program',
      'a.mjs',
      'export const okResponse = () => process.exit(3)',
      { kind: 'died', during: 'call', how: 'with exit code 3' },
    ],
    [
      'of a program that ends when it is imported',
      'a.mjs',
      'export const okResponse = 1; process.exit(3)',
      { kind: 'died', during: 'import', how: 'with exit code 3' },
    ],
  ])('%s', async (_, ...[file, source, outcome]) => {
    expect(await call(file, source)).toMatchObject([outcome]);
  });
});

const python = isInstalled('python3');
const DATA_CLASS =
  'from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass R:\n    body: bytes\n';
describe('a function of a Python program', () => {
  const guarded = (body: string): string => `import socket
def ok_response(x):
    ${body}
if __name__ == '__main__':
    raise SystemExit('this is not to be run')
`;
  const bare = (body: string): string => `import os, socket
def ok_response(x):
    ${body}
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen()
while True:
    server.accept()
`;
  const other = (value: string): unknown => ({ kind: 'returned', value: { type: 'other', value } });
  const nested = 'return (b"a", x)';

  (python ? test : test.skip).each([
    ['with the guard', guarded("return '<%s>' % x"), TEXT],
    ['without the guard, in a program that serves for ever', bare("return '<%s>' % x"), TEXT],
    ['named as in TypeScript', 'def okResponse(x):\n    return "<%s>" % x\n', TEXT],
    ['that gives bytes', guarded("return ('<%s>' % x).encode()"), BYTES],
    ['that gives a bytearray', guarded("return bytearray(('<%s>' % x).encode())"), BYTES],
    ['that gives a tuple', guarded(nested), other("(b'a', 'é')")],
    ['that gives nothing', guarded('pass'), other('None')],
    ['that throws', guarded("raise ValueError('not ' + x)"), { ...THREW, error: 'ValueError' }],
    [
      'that calls sys.exit',
      guarded("raise SystemExit('not ' + x)"),
      { ...THREW, error: 'SystemExit' },
    ],
    ['that prints', guarded("print(x); return '<%s>' % x"), TEXT],
    ['beside a data class', `${DATA_CLASS}def ok_response(x):\n    return '<%s>' % x\n`, TEXT],
    ['that is asynchronous', "async def ok_response(x):\n    return '<%s>' % x\n", TEXT],
    ['that is missing', 'def other(): pass\n', { kind: 'missing', exports: ['other'] }],
    [
      'of a program with a syntax error',
      'def ok_response(x:\n',
      { kind: 'import-threw', error: 'SyntaxError' },
    ],
    [
      'that ends the program',
      guarded('import os; os._exit(3)'),
      { kind: 'died', how: 'with exit code 3' },
    ],
  ])(`%s${python ? '' : ' (skipped: there is no python3)'}`, async (_, source, outcome) => {
    expect(await call('a.py', source)).toMatchObject([outcome]);
  });
});
