import { afterEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../testing/cli.ts';
import { editSolution, makeSubmission, type TestSubmission } from '../testing/submission.ts';

let submission: TestSubmission | undefined;

afterEach(() => {
  submission?.remove();
  submission = undefined;
});

/** What was printed, without the times and the numbers of ports. */
async function replay(...args: readonly string[]) {
  const { stdout, stderr, exitCode } = await runCli(['replay', 'week02', ...args]);
  const lines = stdout
    .split('\n')
    .map((line) => line.replace(/^ +\d+\.\d{3} /, '').replace(/localhost:\d{5}/, 'localhost:#'));
  return { lines, stderr, exitCode };
}

describe('replay', () => {
  it('is not begun with a command that is not there', async () => {
    const runtime = ['--runtime', 'py=/nowhere/python'];
    const run = await replay('http_serve2/status-line', '--solutions', ...runtime);
    expect(run).toMatchObject({ exitCode: 2, lines: [''] });
    expect(run.stderr).toContain('/nowhere/python');
  });

  it('shows the bytes of the check, those that came back, and what is wrong with them', async () => {
    submission = editSolution('http_serve2', [["head.join('\\r\\n')", "head.join('\\n')"]]);
    const run = await replay('http_serve2/status-line', '--from', submission.folder);
    expect(run.exitCode).toBe(1);
    expect(run.lines[0]).toMatch(/^http_serve2\/status-line: begins its reply/);
    expect(run.lines).toEqual(
      expect.arrayContaining([
        '#1   C (-->): GET / HTTP/1.1<CRLF>',
        '#1   C (-->): Host: localhost:#<CRLF>',
        '#1   S (<--): HTTP/1.1 200 OK<LF>',
        '  [lf-only]',
        '  Your status line ends with LF alone. HTTP lines end with CR LF.',
      ]),
    );
    expect(run.lines.some((line) => /^ {2}set in .*http_serve2\.ts:\d+:\d+$/.test(line))).toBe(
      true,
    );
  });

  it.each([['http_serve3/split-request'], ['http_serve3', 'split-request'], ['split-request']])(
    'asks what the check builds on first: %s %s',
    async (...words) => {
      const run = await replay(...words, '--solutions');
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      const first = run.lines.findIndex((line) => line.startsWith('http_serve3/still-answers: '));
      const second = run.lines.findIndex((line) => line.startsWith('http_serve3/split-request: '));
      expect(first).toBe(0);
      expect(second).toBeGreaterThan(first);
      expect(run.lines.slice(-3)).toEqual([
        'PASS  http_serve3/still-answers',
        '',
        'PASS  http_serve3/split-request',
      ]);
    },
  );

  it('sends the same random names again with the same seed', async () => {
    const askedWith = async (seed: string): Promise<string | undefined> => {
      const run = await replay('logs-uri', '--solutions', '--seed', seed);
      return run.lines.find((line) => line.includes('C (-->): GET '));
    };
    expect(await askedWith('5')).toBe(await askedWith('5'));
    expect(await askedWith('5')).not.toBe(await askedWith('6'));
  });

  it('shows a call, of which nothing goes over the wire', async () => {
    const run = await replay('parse-request', '--solutions');
    expect(run.lines).toContain('parseRequest was called, and returned');
    expect(run.exitCode).toBe(0);
  });

  it('says so where the server is silent, or gone', async () => {
    submission = makeSubmission({
      'package.json': '{ "type": "module" }',
      'http_serve1/http_serve1.js':
        "import { createServer } from 'node:net';\ncreateServer((socket) => socket.resume()).listen(process.env.PORT);\n",
    });
    const run = await replay('http_serve1/html', '--from', submission.folder);
    expect(run.lines).toContain('nothing more came for 3 seconds');
    expect(run.lines.join('\n')).toContain('[silent]');
  }, 30_000);

  it.each([
    [['status-lin'], 'week02 has no check "status-lin"; write a stage and a check, such as'],
    [['next-client'], '"next-client" is a check of more than one stage; write one of echo_server/'],
    [['http_serve9/body'], 'week02 has no stage "http_serve9"'],
    [['http_serve2/nothing'], 'no check here is called "nothing"; there are'],
    [['body', '--solutions', '--from', '.'], 'give one of them'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const run = await replay(...args);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(sentence);
    expect(run.stderr.trimEnd()).not.toContain('\n');
  });
});
