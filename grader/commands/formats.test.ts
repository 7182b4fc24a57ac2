import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MadeRepository } from '../batch/fetch/made-repository.ts';
import { runCli } from '../testing/cli.ts';
import { AROUND } from '../testing/formats/render-format.ts';
import { expectValid } from '../testing/formats/validate-format.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

/** Prints what it is sent, which is a command to GitHub, and answers with a bare LF. */
const FAILING = `
const { createServer } = require('node:net');
createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    console.log('::error::owned\\n]]>\\n::set-output name=x::y');
    socket.end('HTTP/1.1 200 OK\\nContent-Type: text/html\\n\\nhello');
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

let made: TestSubmission;
let repository: MadeRepository;
beforeAll(() => {
  repository = new MadeRepository();
  repository.commit({ 'http_serve2/http_serve2.cjs': FAILING });
  made = makeSubmission({
    'http_serve2/http_serve2.cjs': FAILING,
  });
});
afterAll(() => {
  repository.remove();
  made.remove();
});

describe('grade', () => {
  test('writes several formats of one grading, each as its reader wants it', async () => {
    const formats = [
      'junit',
      'junit-strict',
      'tap',
      'gradescope',
      'classroom50',
      'exercism',
      'check50',
    ];
    const places = formats.map((name) => ({ name, file: join(made.folder, `${name}.out`) }));
    const options = places.flatMap(({ name, file }) => ['--format', `${name}=${file}`]);
    const { exitCode, stdout } = await runCli(
      ['grade', 'week02', 'http_serve2', '--from', made.folder, ...options, '--format', 'github'],
      { env: AROUND.environment },
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^::error file=[^\n]*http_serve2\.cjs,line=\d+,col=\d+,title=http_serve2\/status-line%3A/,
    );
    const [before = '', token] = stdout.split(/^::stop-commands::(.+)$/m);
    expect(stdout.trimEnd().endsWith(`\n::${token ?? ''}::`)).toBe(true);
    expect(before).not.toContain('owned');
    for (const { name, file } of places) await expectValid(name, readFileSync(file, 'utf8'));
  });

  test.each([
    [
      ['--format', 'junit5'],
      'there is no format "junit5"; there are terminal, json, html, markdown,',
    ],
    [['--format', 'toString'], 'there is no format "toString"'],
    [
      ['--format', 'classroom50'],
      'classroom50 needs CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL',
    ],
    [['--format', 'tap', '--format', 'junit'], 'only one --format can go to stdout'],
  ])('refuses %j before it starts a program', async (options, message) => {
    const { exitCode, stdout, stderr } = await runCli([
      'grade',
      'week02',
      '--from',
      made.folder,
      ...options,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

test('batch writes a gradebook for Canvas beside its own, and where it is told to', async () => {
  const elsewhere = join(made.folder, 'for-canvas.csv');
  const roster = join(made.folder, 'roster.csv');
  writeFileSync(roster, `id,name,repo,canvas_id\nann,Ann Lee,${repository.folder},17\n`);
  const { exitCode, stderr } = await runCli([
    ...['batch', 'week02', '--roster', roster],
    ...['--out', join(made.folder, 'grades'), '--sandbox', 'none', '--i-trust-this-code'],
    ...['--format', 'canvas', '--format', `canvas=${elsewhere}`],
    ...['--canvas-assignment', 'Week 2 (4711)'],
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const text = readFileSync(join(made.folder, 'grades/gradebook-canvas.csv'), 'utf8');
  const [header, , ann] = parse(text);
  expect(header?.at(-1)).toBe('Week 2 (4711)');
  expect(ann?.slice(0, 4)).toEqual(['Ann Lee', '17', '', '']);
  expect(readFileSync(elsewhere, 'utf8')).toBe(text);
});
