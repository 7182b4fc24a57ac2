import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { solutionsFolder } from '../course/project.ts';
import { dropRoot, runCli, type CliOptions, type CliRun } from '../testing/cli.ts';
import { makeSubmission, type TestSubmission } from '../testing/submission.ts';

const WORKED = solutionsFolder('week02');

let files: TestSubmission;
let taken: Server;
let takenPort: number;
beforeAll(async () => {
  files = makeSubmission({
    'a-file.txt': 'text',
    'foreign/notes.py': 'print(1)\n',
    'two/http_serve1/http_serve1.js': 'run()\n',
    'two/http_serve1/http_serve1.py': 'run()\n',
    'locked/http_serve1/http_serve1.js': 'run()\n',
  });
  mkdirSync(join(files.folder, 'empty'));
  chmodSync(join(files.folder, 'locked'), 0);
  chmodSync(files.folder, 0o755);
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  takenPort = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  chmodSync(join(files.folder, 'locked'), 0o755);
  files.remove();
  taken.close();
});

/** Bad input is one sentence that names it and the fix, exit code 2, and no result. */
function expectUsage(run: CliRun, input: string, fix: RegExp): void {
  expect(run.stderr).toMatch(/^wiregrade: [^\n]+$/);
  expect(run.stderr).toContain(input);
  expect(run.stderr).toMatch(fix);
  expect(run.stdout).not.toMatch(/PASS|FAIL|TODO|OOPS|points|^\{/);
  expect(run.exitCode).toBe(2);
}

async function expectRefused(args: readonly string[], input: string, fix: RegExp): Promise<void> {
  // Where `FILES` stands, the folder of this test's files is meant, which is made only later.
  const put = (text: string): string => text.replaceAll('FILES', files.folder);
  expectUsage(await runCli(args.map(put)), put(input), fix);
}

describe('the command', () => {
  test.each([
    ['no command at all', [], 'command', /grade.*--help|--help.*grade/],
    ['an unknown command', ['frobnicate'], 'frobnicate', /grade/],
    ['a missing lab', ['grade'], 'lab', /--help|week02/],
    ['an unknown option', ['grade', 'week02', '--bogus'], '--bogus', /--help/],
    ['an option without its value', ['grade', 'week02', '--from'], '--from', /--help|folder/],
    [
      'two options that exclude each other',
      ['grade', 'week02', '--all', '--brief'],
      '--all',
      /--brief/,
    ],
  ])('is refused with %s', async (_, ...[args, input, fix]) => {
    await expectRefused(args, input, fix);
  });
});

describe('what to grade', () => {
  test.each([
    ['an unknown lab', ['week99'], '"week99"', /week02/],
    ['a lab by its path', ['../labs/week02'], '"../labs/week02"', /has week02/],
    ['an unknown stage', ['week02', 'http_serve9'], '"http_serve9"', /http_serve5/],
    ['an unknown check', ['week02', '--only', 'nothing'], '"nothing"', /status-line/],
    [
      'a check of another stage',
      ['week02', 'http_serve1', '--only', 'date'],
      '"date"',
      /next-client/,
    ],
  ])('is refused with %s', async (_, ...[args, input, fix]) => {
    await expectRefused(['grade', ...args], input, fix);
  });
});

describe('--from', () => {
  const fix = /name (?:the|a) folder|programs are looked for as/;

  test.each([
    ['does not exist', 'FILES/nowhere', 'FILES/nowhere', fix],
    ['is a file', 'FILES/a-file.txt', 'FILES/a-file.txt', fix],
    ['lies below a file', 'FILES/a-file.txt/lab', 'FILES/a-file.txt/lab', fix],
    ['is empty', 'FILES/empty', 'FILES/empty', fix],
    ['holds no submission', 'FILES/foreign', 'notes.py', fix],
    ['is an empty name', '', '--from', fix],
    ['has two programs of one stage', 'FILES/two', 'http_serve1.py', /keep one/],
  ])('is refused where it %s', async (_, ...[from, input, sentence]) => {
    await expectRefused(['grade', 'week02', '--from', from], input, sentence);
  });

  const drop = dropRoot();
  (drop === undefined ? test.skip : test)(
    `is refused where it may not be read${drop === undefined ? ' (skipped: root without setpriv)' : ''}`,
    async () => {
      const from = join(files.folder, 'locked');
      const run = await runCli(['grade', 'week02', '--from', from], { behind: drop ?? [] });
      expectUsage(run, from, fix);
    },
  );
});

describe('--url', () => {
  const stage = ['grade', 'week02', 'http_serve5'];

  test('is refused where nothing answers there', async () => {
    const url = 'http://127.0.0.1:1';
    await expectRefused([...stage, '--url', url], url, /start the server first/);
  });

  test.each(['localhost:8080', 'https://localhost', 'http://', 'http://localhost:99999', 'x'])(
    'is refused as %s',
    async (url) => {
      await expectRefused([...stage, '--url', url], url, /write http:\/\/HOST:PORT/);
    },
  );

  test('is refused without a stage', async () => {
    const args = ['grade', 'week02', '--url', 'http://127.0.0.1:1'];
    await expectRefused(args, '--url', /week02 echo_server/);
  });

  test.each([
    [['--from', 'FILES'], '--from'],
    [['--solutions'], '--solutions'],
  ])('is refused together with %j', async (others, input) => {
    await expectRefused([...stage, '--url', 'http://127.0.0.1:1', ...others], input, /leave out/);
  });

  test.each(['FILES/nowhere', 'FILES/a-file.txt'])('is refused with %s as --web', async (web) => {
    const args = [...stage, '--url', `http://127.0.0.1:${String(takenPort)}`, '--web', web];
    await expectRefused(args, web, /name the folder/);
  });

  test('is missed where --web is given without it', async () => {
    await expectRefused([...stage, '--web', 'FILES'], '--web', /--url/);
  });
});

describe('the other options', () => {
  test.each([
    [['--runtime', 'python3'], 'python3', /write for example --runtime/],
    [['--runtime', '=python3'], '=python3', /write for example --runtime/],
    [['--runtime', 'py='], 'py=', /write for example --runtime/],
    [['--runtime', 'py=/no/such/python'], '/no/such/python', /install it|another/],
    [['--runtime', 'py=no-such-python'], 'no-such-python', /install it|another/],
    [['--runtime', 'py=/etc/passwd'], '/etc/passwd', /install it|another|execut/],
    [['--ports', '20000'], '20000', /write for example --ports/],
    [['--ports', '20001-20000'], '20001-20000', /write for example --ports/],
    [['--ports', '80-90'], '80-90', /write for example --ports/],
    [['--ports', '20000-70000'], '20000-70000', /write for example --ports/],
    [['--seed', 'abc'], 'abc', /write for example --seed/],
    [['--seed', '99999999999'], '99999999999', /to \d+; write for example --seed/],
    [['--seed', '1.5'], '1.5', /write for example --seed/],
    [['--jobs', '0'], '0', /write for example --jobs/],
    [['--jobs', 'many'], 'many', /write for example --jobs/],
    [['--format', 'xml'], '"xml"', /terminal, json/],
    [['--format', 'json='], 'json=', /write json=FILE/],
    [['--format', 'json', '--format', 'terminal'], '--format', /json=FILE/],
    [['--solutions'], '--solutions', /give one of them/],
  ])('are refused as %j', async (options, input, fix) => {
    const args = ['grade', 'week02', 'http_serve1', '--from', WORKED, ...options];
    await expectRefused(args, input, fix);
  });

  test('are refused where every port of --ports is taken', async () => {
    const range = `${String(takenPort)}-${String(takenPort)}`;
    const args = ['grade', 'week02', 'http_serve1', '--from', WORKED, '--ports', range];
    await expectRefused(args, String(takenPort), /another range by --ports/);
  });

  test('name the interpreter that is missing from the PATH', async () => {
    const options: CliOptions = { env: { PATH: join(files.folder, 'empty') } };
    const own = makeSubmission({ 'http_serve1/http_serve1.py': 'run()\n' });
    const args = ['grade', 'week02', 'http_serve1', '--from', own.folder];
    expectUsage(await runCli(args, options), '.py', /install it.*--runtime py=/);
    own.remove();
  });
});

test('a program that is no UTF-8 text is no reason to break', async () => {
  const own = makeSubmission({ 'http_serve1/http_serve1.py': Buffer.from([0xff, 0xfe, 0x0a]) });
  writeFileSync(join(own.folder, 'README'), 'x');
  try {
    const run = await runCli(['grade', 'week02', 'http_serve1', '--from', own.folder]);
    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
    expect(run.stdout).toContain('[syntax-error]');
  } finally {
    own.remove();
  }
});
