import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { runCli } from '../testing/cli.ts';
import { expectValid } from '../testing/formats/validate-format.ts';
import { GradescopeContainer, WHY_NO_CONTAINER } from '../testing/gradescope-container.ts';
import { parseGradescope } from '../testing/gradescope-parser.ts';

const HOSTILE = join(PROJECT, 'grader/testing/hostile-programs/takes_over.mjs');
const SOLUTIONS = join(PROJECT, 'solutions/week02');

const describeHere = WHY_NO_CONTAINER === '' ? describe : describe.skip;

describeHere(`a kit for Gradescope${WHY_NO_CONTAINER && ` (skipped: ${WHY_NO_CONTAINER})`}`, () => {
  let folder: string;
  let container: GradescopeContainer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kit-'));
    await runCli(['package', 'gradescope', 'week02'], { cwd: folder });
    container = await GradescopeContainer.build(join(folder, 'gradescope-week02.zip'));
  }, 60_000);
  afterAll(() => {
    container.remove();
    rmSync(folder, { recursive: true });
  });

  test('gives right work all points, and the bonus', async () => {
    const { exitCode, results } = await container.grade((submission) => {
      cpSync(SOLUTIONS, join(submission, 'labs/week02'), { recursive: true });
    });
    expect(exitCode).toBe(0);
    expect(parseGradescope(results)).toMatchObject({ score: 114, failed: [] });
    await expectValid('gradescope', results);
  }, 60_000);

  test('gives all points to programs that write beside themselves as soon as they are loaded', async () => {
    const { results } = await container.grade((submission) => {
      cpSync(SOLUTIONS, join(submission, 'labs/week02'), { recursive: true });
      for (const stage of ['http_serve2', 'http_serve3', 'http_serve4']) {
        const program = join(submission, 'labs/week02', stage, `${stage}.ts`);
        writeFileSync(program, `${NOTE_START}${readFileSync(program, 'utf8')}`);
      }
    });
    expect(parseGradescope(results)).toMatchObject({ score: 114, failed: [] });
  }, 60_000);

  test('names what is wrong, and calls a function of a program in another language', async () => {
    const { results } = await container.grade((submission) => {
      writeFileSync(join(submission, 'http_serve1.py'), LF_ONLY);
    });
    const { failed, score } = parseGradescope(results);
    expect(score).toBeLessThan(10);
    expect(failed.find(({ name }) => name.startsWith('http_serve1/'))?.output).toContain(
      'LF alone',
    );
    await expectValid('gradescope', results);
  }, 60_000);

  test('leaves a hostile program nothing to take, and nothing of it behind', async () => {
    const { results, temporary, output } = await container.grade((submission) => {
      mkdirSync(join(submission, 'echo_server'));
      cpSync(HOSTILE, join(submission, 'echo_server/echo_server.mjs'));
    });
    expect(readdirSync(temporary).filter((name) => name.startsWith('loot'))).toEqual([]);
    // No process of theirs was found when run_autograder had ended.
    expect(output).toBe('');
    expect(parseGradescope(results).score).toBe(5);
    await expectValid('gradescope', results);
  }, 60_000);

  test('would lose everything to the same program if that ran as root', async () => {
    const script = 'cp "$0" /tmp/echo.mjs; timeout -s KILL 2 node /tmp/echo.mjs 8080 & wait';
    cpSync(HOSTILE, join(container.source, 'hostile.mjs'));
    const { temporary } = await container.run([
      'bash',
      '-c',
      script,
      '/autograder/source/hostile.mjs',
    ]);
    rmSync(join(container.source, 'hostile.mjs'));
    const loot = readdirSync(temporary).filter((name) => name.startsWith('loot'));
    expect(loot).toEqual(
      expect.arrayContaining([
        ...['loot-writes-results', 'loot-reads-checks', 'loot-reads-metadata', 'loot-kills'],
        ...['loot-lists-the-bundle', 'loot-reads-the-submission', 'loot-becomes-root'],
      ]),
    );
  }, 60_000);

  test('gives no points for nothing', async () => {
    const { results } = await container.grade(() => undefined);
    const { score, output, failed } = parseGradescope(results);
    expect(score).toBe(0);
    expect(output).toMatch(/^Nothing was graded: it holds no files\./);
    expect(failed[0]?.output).toBe('Not asked: there is no program.');
    await expectValid('gradescope', results);
  });

  test.each([
    [
      'a link',
      (submission: string): void => symlinkSync('/autograder/source', join(submission, 'web')),
      'Nothing was graded: "web" is a link; put the file itself there.',
    ],
    [
      'no program',
      (submission: string): void => writeFileSync(join(submission, 'notes.txt'), ''),
      'Nothing was graded: it holds no program of week02',
    ],
    [
      'two programs for one stage',
      (submission: string): void => {
        for (const name of ['athome.py', 'athome.sh']) writeFileSync(join(submission, name), '');
      },
      'Nothing was graded: athome has two programs, athome.py and athome.sh; keep one of them.',
    ],
  ])('says why it takes in no work with %s', async (_, lay, reason) => {
    const { results } = await container.grade(lay);
    expect(parseGradescope(results)).toMatchObject({
      score: 0,
      output: expect.stringContaining(reason),
    });
    await expectValid('gradescope', results);
  });

  test.each(['labs/week02/starters.json', 'grader/launch.mjs'])(
    'gives no score, and blames nobody, where %s is gone',
    async (file) => {
      renameSync(join(container.source, file), join(container.source, 'gone'));
      const { results, exitCode } = await container.grade((submission) => {
        writeFileSync(join(submission, 'athome.py'), '');
      });
      renameSync(join(container.source, 'gone'), join(container.source, file));
      expect(exitCode).toBe(0);
      const { score, output, tests } = parseGradescope(results);
      expect(score).toBeUndefined();
      expect(tests).toEqual([]);
      expect(output).toContain('This is not your bug, and it costs you nothing');
    },
  );
});

/** Stays open to nobody else but who has made it. */
const NOTE_START = `import { appendFileSync as note } from 'node:fs';
note(new URL('starts.log', import.meta.url), 'started\\n', { mode: 0o600 });
`;

const LF_ONLY = `
import socket, sys
server = socket.create_server(('', int(sys.argv[1])))
while True:
    client, _ = server.accept()
    client.recv(4096)
    client.sendall(b'HTTP/1.1 200 OK\\nContent-Length: 2\\n\\nhi')
    client.close()
`;
