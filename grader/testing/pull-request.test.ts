import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { PullsServer } from './pulls-server.ts';
import { findCommand } from '../run/find-command.ts';
import { ENVIRONMENT, runCli } from './cli.ts';
import { COMMANDS, plantPoison } from './hostile-pull.ts';
import { obeyedCommands } from './obeyed-commands.ts';
import { whatCellsLack } from './class/what-is-lacking.ts';
import { ClassRepository, workedProgram } from './pull-requests.ts';
import { runSteps } from './run-steps.ts';
import { listSteps, parseActionFile, parseWorkflowFile } from './workflow-file-parser.ts';

// Every pull request is two real git repositories, and is graded by the base's own grader, in its
// cells.

const lacking = await whatCellsLack();
const why = lacking === undefined ? '' : ` (skipped: ${lacking})`;
const inCells = lacking === undefined ? describe : describe.skip;

let course: ClassRepository;

const GITHUB = { GITHUB_ACTIONS: 'true' };
const ACTION = '.github/actions/grade/action.yml';
const COMMENT = '.github/workflows/comment.yml';

/** The comment that a record makes, as the workflow would write it. */
async function comment(file: string): Promise<string> {
  const { stdout, exitCode } = await runCli(['comment', '--result', file, '--dry-run']);
  expect(exitCode).toBe(0);
  return stdout;
}

inCells(`a pull request${why}`, () => {
  beforeAll(() => {
    course = new ClassRepository();
  }, 120_000);
  afterAll(() => course.remove());

  test('that is right passes, with all that it has begun', async () => {
    const fork = course.fork();
    const head = fork.commit({ ...workedProgram('http_serve1'), ...workedProgram('http_serve2') });
    const { exitCode, record, summary, stdout, file } = await course.grade(fork.folder, [], GITHUB);
    expect({ exitCode, verdict: record.verdict }).toEqual({ exitCode: 0, verdict: 'passed' });
    expect(record.head).toBe(head);
    expect(record.sandbox).toBe('bwrap');
    expect(record.labs[0]?.result?.points.earned).toBe(30);
    expect(record.ignored).toEqual({ paths: [], more: 0 });
    expect(summary).toContain('## wiregrade: Passed');
    expect(summary).toContain('Complete: `echo_server`, `http_serve1`, `http_serve2`.');
    expect(stdout).toMatch(/^::notice title=wiregrade%3A passed::week02: Complete/m);
    expect(await comment(file)).toContain(`\n${summary.trimEnd()}`);
  });

  test('that is wrong fails, with the proof and the file', async () => {
    const fork = course.fork();
    const path = 'labs/week02/http_serve2/http_serve2.ts';
    const program = workedProgram('http_serve2')[path] ?? '';
    fork.commit({ [path]: program.replaceAll('\\r\\n', '\\n') });
    const { exitCode, record, summary, stdout, file } = await course.grade(fork.folder, [], GITHUB);
    expect({ exitCode, verdict: record.verdict }).toEqual({ exitCode: 1, verdict: 'failed' });
    expect(summary).toContain('byte 15 is 0a; 0d 0a was expected');
    expect(await comment(file)).toContain('Your status line ends with LF alone.');
    expect(stdout).toMatch(
      /^::error file=labs\/week02\/http_serve2\/http_serve2\.ts,line=\d+,col=\d+,title=http_serve2\/status-line%3A [^:]+::Your status line ends/m,
    );
    expect(stdout).toMatch(/^::error title=wiregrade%3A failed::week02: Not complete yet/m);
  });

  test('that is empty has nothing to be graded, and passes', async () => {
    const fork = course.fork();
    fork.commit({});
    const { exitCode, record, summary, file } = await course.grade(fork.folder);
    expect({ exitCode, labs: record.labs }).toEqual({ exitCode: 0, labs: [] });
    expect(summary).toContain('The pull request changes no work in a lab');
    expect(await comment(file)).toContain('there is nothing to grade.');
  });

  test('is not told to have changed what the base has changed since', async () => {
    const fork = course.fork();
    fork.commit(workedProgram('http_serve1'));
    const before = course.base.git(['rev-parse', 'HEAD']);
    course.base.git(['commit', '--quiet', '--allow-empty', '--message', 'later']);
    course.base.write({ 'labs/week02/README.md': 'later\n', 'grader/README.md': 'later\n' });
    course.base.git(['commit', '--quiet', '--all', '--message', 'later']);
    try {
      const { record } = await course.grade(fork.folder);
      expect(record.labs.map(({ lab }) => lab)).toEqual(['week02']);
      expect(record.ignored).toEqual({ paths: [], more: 0 });
    } finally {
      course.base.git(['reset', '--quiet', '--hard', before]);
    }
  });

  describe('that is hostile', () => {
    test('changes neither the grader nor the verdict, and is named', async () => {
      const fork = course.fork();
      const trace = join(course.scratch, 'trace');
      const { files, program } = plantPoison(fork, trace);
      const { exitCode, record, summary, stdout, stderr, file } = await course.grade(
        fork.folder,
        [],
        {
          ...GITHUB,
          GITHUB_OUTPUT: join(course.scratch, 'output'),
        },
      );
      expect({ exitCode, verdict: record.verdict }).toEqual({ exitCode: 1, verdict: 'failed' });
      // Of its program alone anything ran, in a cell, where the trace cannot be left.
      expect(existsSync(trace)).toBe(false);
      expect(existsSync(join(course.scratch, 'output'))).toBe(false);
      expect(record.labs[0]?.result?.points.possible).toBe(100);
      const text = await comment(file);
      for (const path of files) {
        expect(record.ignored.paths).toContain(path);
        for (const page of [summary, text]) expect(page).toContain(`- \`${path}\``);
      }
      expect(record.ignored.paths).not.toContain(program);
      // Its words are in the log, as words.
      for (const words of COMMANDS) expect(stdout).toContain(words.trim());
      for (const line of obeyedCommands(stdout)) {
        expect(line).toMatch(/^::(?:error|warning) (?:file|title)=/);
        expect(line).not.toMatch(/^::\w+::owned/);
      }
      expect(obeyedCommands(stderr)).toEqual([]);
    });

    test('with links in place of its files is not graded, and told why', async () => {
      const fork = course.fork();
      const link = fork.git(['hash-object', '-w', '--stdin'], '/etc/passwd');
      const path = 'labs/week02/http_serve1/page.html';
      fork.git(['update-index', '--add', '--cacheinfo', `120000,${link},${path}`]);
      fork.git(['commit', '--quiet', '--message', 'link']);
      const { exitCode, record, summary } = await course.grade(fork.folder);
      expect(exitCode).toBe(1);
      expect(record.reason).toContain('"http_serve1/page.html" is a link');
      expect(summary).not.toContain('root:');
    });

    test('with a link in place of the lab is not graded either', async () => {
      const fork = course.fork();
      fork.git(['rm', '-r', '--quiet', '--cached', 'labs/week02']);
      const link = fork.git(['hash-object', '-w', '--stdin'], '../solutions/week02');
      fork.git(['update-index', '--add', '--cacheinfo', `120000,${link},labs/week02`]);
      fork.git(['commit', '--quiet', '--message', 'link']);
      const { exitCode, record } = await course.grade(fork.folder);
      expect(exitCode).toBe(1);
      expect(record.reason).toContain('labs/week02 is a link');
    });

    test('cannot make its pages easier by changing them', async () => {
      const fork = course.fork();
      rmSync(join(fork.folder, 'labs/week02/tiny_html.html'));
      fork.commit({
        ...workedProgram('http_serve4'),
        ...workedProgram('athome'),
        'labs/week02/web/sample.txt': 'x',
        'labs/week02/tiny_html.html/page.html': 'a folder in the place of a file',
        'labs/week02/athome/web/sample.txt': 'x',
        'labs/week02/athome/web/what_i_did.txt': 'my own\n',
      });
      const { record } = await course.grade(fork.folder, ['--require', 'http_serve4,athome']);
      expect(record.verdict).toBe('passed');
      expect(record.ignored.paths).toEqual([
        'labs/week02/athome/web/sample.txt',
        'labs/week02/tiny_html.html',
        'labs/week02/web/sample.txt',
      ]);
    });
  });

  describe('what is required', () => {
    test('can be stages, whether they are started or not', async () => {
      const fork = course.fork();
      fork.commit(workedProgram('http_serve1'));
      const { exitCode, record } = await course.grade(fork.folder, [
        ...['--require', 'http_serve1,http_serve2'],
      ]);
      expect(exitCode).toBe(1);
      expect(record.reason).toBe('week02: Not complete yet: http_serve2 (not started).');
    });

    test('can be points, and a lab can be graded untouched', async () => {
      const fork = course.fork();
      const { exitCode, record } = await course.grade(fork.folder, [
        ...['--lab', 'week02', '--require', 'points:6'],
      ]);
      expect(exitCode).toBe(1);
      expect(record.reason).toBe('week02: It has 5 points; 6 are needed.');
    });
  });

  test('can do without cells where that is asked for twice, and its pages say so', async () => {
    const fork = course.fork();
    fork.commit(workedProgram('http_serve1'));
    const { exitCode, record, summary } = await course.grade(fork.folder, [
      ...['--sandbox', 'none', '--i-trust-this-code'],
    ]);
    expect({ exitCode, sandbox: record.sandbox }).toEqual({ exitCode: 0, sandbox: 'none' });
    expect(summary).toContain('a program could have changed this verdict');
  });

  test('has not failed where no cell can be made', async () => {
    const fork = course.fork();
    fork.commit(workedProgram('http_serve1'));
    const bin = join(course.scratch, 'bin');
    mkdirSync(bin);
    symlinkSync(findCommand('git', ENVIRONMENT) ?? '', join(bin, 'git'));
    const { exitCode, record, summary } = await course.grade(fork.folder, [], { PATH: bin });
    expect({ exitCode, verdict: record.verdict }).toEqual({ exitCode: 3, verdict: 'broken' });
    expect(record.reason).toContain('bubblewrap is not installed');
    expect(summary).toContain('this is not your bug');
  });

  test('goes the whole way by the commands of the workflows', async () => {
    const fork = course.fork();
    const sha = fork.commit(workedProgram('http_serve1'));
    const github = new PullsServer();
    await github.open();
    github.pulls.set(3, { sha, from: 'ann/week02' });
    const temporary = join(course.scratch, 'runner');
    mkdirSync(join(temporary, 'verdict'), { recursive: true });
    const result = join(temporary, 'verdict/ci.json');
    const summary = join(temporary, 'summary.md');
    try {
      const action = parseActionFile(readFileSync(join(PROJECT, ACTION), 'utf8')).runs.steps;
      const grading = action.filter(({ name }) => name !== 'install the packages of the grader');
      const workflow = parseWorkflowFile(readFileSync(join(PROJECT, COMMENT), 'utf8'));
      const commenting = listSteps(workflow).filter(({ run = '' }) => run.startsWith('npm run'));
      const graded = await runSteps(grading, course.base.folder, {
        ...{ BASE: course.base.folder, HEAD: fork.folder, REQUIRE: 'all', RESULT: result },
        ...{ ...GITHUB, GITHUB_STEP_SUMMARY: summary },
      });
      expect(graded).toMatch(/^::notice title=wiregrade%3A passed::/m);
      expect(readFileSync(summary, 'utf8')).toContain('## wiregrade: Passed');
      const written = await runSteps(commenting, course.base.folder, {
        ...{ RUNNER_TEMP: temporary, GITHUB_REPOSITORY: 'org/week02', GITHUB_TOKEN: 'secret' },
        ...{ GITHUB_API_URL: github.apiUrl, PULL: '', HEAD_REPO: 'ann/week02', HEAD_SHA: sha },
      });
      expect(written).toContain('The comment on pull request 3 is written.');
      expect(github.comments[0]?.body).toContain('## wiregrade: Passed');
    } finally {
      github.close();
    }
  });
});
