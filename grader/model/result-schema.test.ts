import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, solutionsFolder } from '../course/project.ts';
import { gradeJson } from '../testing/cli.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';
import { DIAGNOSIS_CODES } from './diagnosis.ts';
import type { LabResult } from './result.ts';

const WORKED = solutionsFolder('week02');

/** Its lines end with LF, its last character is no ASCII, and it has no functions. */
const FAILING = `
const { createServer } = require('node:net');
createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.end('HTTP/1.1 200 OK\\nContent-Type: text/html\\n\\nh\\u00e9');
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

let validate: ValidateFunction;
let failing: TestSubmission;
beforeAll(() => {
  const schema = readFileSync(join(PROJECT, 'grader/model/result.schema.json'), 'utf8');
  validate = new Ajv2020({ allErrors: true, strict: true }).compile(JSON.parse(schema));
  failing = makeSubmission({
    'http_serve2/http_serve2.cjs': FAILING,
    'http_serve3/http_serve3.cjs': FAILING.replace('socket.end(', 'throw Error('),
    'http_serve4/http_serve4.ts': 'const x: number = ;\n',
  });
});
afterAll(() => {
  failing.remove();
});

function expectValid(result: LabResult): void {
  validate(result);
  expect(validate.errors ?? []).toEqual([]);
}

describe('result.schema.json', () => {
  test('describes the result of a submission that passes', async () => {
    const { result } = await gradeJson(['week02', '--from', WORKED]);
    expect(result.points.earned).toBe(100);
    expectValid(result);
  });

  test('describes the result of one that fails, crashes, and has a syntax error', async () => {
    const { result, outcomesOf } = await gradeJson(['week02', '--from', failing.folder]);
    expect(outcomesOf('failed')).toEqual(
      expect.arrayContaining([
        'http_serve2/status-line: lf-only',
        'http_serve3/still-answers: crashed',
        'http_serve4/listens-where-told: syntax-error',
      ]),
    );
    expectValid(result);
  });

  test('describes the result of untouched starters', async () => {
    const { result } = await gradeJson(['week02']);
    expect(result.stages.map(({ status }) => status)).toContain('not-started');
    expectValid(result);
  });

  test('describes the result of a part of the lab', async () => {
    const only = ['--only', 'status-line'];
    const { result } = await gradeJson(['week02', 'http_serve2', ...only, '--from', WORKED]);
    expectValid(result);
  });

  test('knows every diagnosis', () => {
    const text = readFileSync(join(PROJECT, 'grader/model/result.schema.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      $defs: { code: { enum: [...DIAGNOSIS_CODES] } },
    });
  });

  test.each([
    ['the code of the first attempt', { after: 'silent' }, true],
    ['a code that there is not', { after: 'slow' }, false],
    ['no code', {}, false],
    ['anything more', { after: 'silent', times: 2 }, false],
  ])('says of a check that was asked again: %s, %j', async (_, askedAgain, valid) => {
    const only = ['echo_server', '--only', 'line'];
    const { result } = await gradeJson(['week02', ...only, '--from', WORKED]);
    const stages = result.stages.map((stage) => ({
      ...stage,
      checks: stage.checks.map((check) => ({ ...check, askedAgain })),
    }));
    expect(validate({ ...result, stages })).toBe(valid);
  });

  test.each([
    ['a field that nobody named', { extra: 1 }],
    ['another schema', { schema: 'wiregrade/result/2' }],
    ['points that are no whole number', { durationMs: 1.5 }],
    ['a stage in an unknown state', { stages: [{ status: 'lost' }] }],
  ])('refuses %s', async (_, change) => {
    const { result } = await gradeJson(['week02', 'echo_server', '--from', WORKED]);
    expectValid(result);
    expect(validate({ ...result, ...change })).toBe(false);
  });
});
