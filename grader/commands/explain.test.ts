import { describe, expect, test } from '@jest/globals';
import { solutionsFolder } from '../course/project.ts';
import { gradeJson, runCli } from '../testing/cli.ts';
import { editSolution } from '../testing/submission.ts';

const FROM = ['--from', solutionsFolder('week02')];

/** What `--explain` says of each check, as one line. */
async function explain(...args: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await runCli(['grade', 'week02', ...args, '--explain', '--plain']);
  const lines = stdout.match(/(?<=^proven: ).*$/gm) ?? [];
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(': ')), line]));
}

describe('--explain', () => {
  test('says of a check what was sent, what came, and which rule that is', async () => {
    const proven = await explain('http_serve2', ...FROM);
    expect(proven.get('http_serve2/status-line')).toMatch(
      /; sent "GET \/ HTTP\/1\.1"; got "HTTP\/1\.1 200 OK" \(\d+ bytes\); Status Line \(RFC 9112, section 4\)$/,
    );
  });

  test('says of one that looks at an earlier answer what that one was', async () => {
    const proven = await explain('http_serve2', ...FROM);
    expect(proven.get('http_serve2/content-type')).toContain('; sent "GET / HTTP/1.1"; got "HTTP');
  });

  test('claims nothing of what another client sent, which nobody recorded', async () => {
    const proven = await explain('http_serve2', ...FROM);
    expect(proven.get('http_serve2/real-client')).not.toContain('sent');
    expect(proven.get('http_serve2/real-client')).toContain('understood by a real HTTP client');
  });

  test('tells calls of functions, and clients that said nothing', async () => {
    const proven = await explain('echo_server', 'http_serve3', ...FROM);
    expect(proven.get('http_serve3/rejects-bad-requests')).toContain('; called parseRequest (');
    expect(proven.get('echo_server/next-client')).toContain(
      '; sent nothing, "next, please"; got at',
    );
  });

  test('has a line for each check that passed, and for no other', async () => {
    const edited = editSolution('http_serve2', [["head.join('\\r\\n')", "head.join('\\n')"]]);
    try {
      const args = ['http_serve2', '--from', edited.folder];
      const { outcomesOf } = await gradeJson(['week02', ...args]);
      expect([...(await explain(...args)).keys()]).toEqual(outcomesOf('passed'));
    } finally {
      edited.remove();
    }
  });

  test('is wrapped like the rest, behind the failures and before the sum', async () => {
    const { stdout } = await runCli(['grade', 'week02', 'echo_server', ...FROM, '--explain']);
    expect(stdout).toMatch(/\n\nproven {2}echo_server\/[^]*\n {8}\S[^]*\n\n4\/4 checks/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('is not said where nobody asked for it', async () => {
    const { stdout } = await runCli(['grade', 'week02', 'echo_server', ...FROM, '--all']);
    expect(stdout).not.toContain('proven');
  });
});
