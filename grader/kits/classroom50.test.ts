import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { ENVIRONMENT, isInstalled } from '../testing/cli.ts';
import { readCommands } from '../testing/formats/workflow-commands.ts';
import { expectValid } from '../testing/formats/validate-format.ts';
import { unpackKit, type UnpackedKit } from '../testing/unpacked-kit.ts';

const VARIABLES = {
  CLASSROOM: 'networks',
  ASSIGNMENT: 'week02',
  SUBMISSION_TAG: 'submit/2026-10-01T12-00-00Z-0123abc',
  COMMIT_URL: 'https://github.com/org/networks-week02-ada/commit/0123abc',
  RELEASE_URL: 'https://github.com/org/networks-week02-ada/releases/tag/submit',
  NODE_OPTIONS: '--no-such-option',
};

const describeHere = isInstalled('python3') ? describe : describe.skip;

describeHere('a kit for Classroom 50', () => {
  let kit: UnpackedKit;
  let checkout: string;
  beforeAll(async () => {
    kit = await unpackKit('classroom50');
  });
  afterAll(() => kit.remove());
  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
  });
  afterEach(() => rmSync(checkout, { recursive: true }));

  /** As the runner of Classroom 50 does: in the student's checkout. */
  const run = (env: Readonly<Record<string, string>> = VARIABLES) =>
    execa('python3', [join(kit.folder, 'autograder.py')], {
      cwd: checkout,
      env: { PATH: ENVIRONMENT.PATH, HOME: ENVIRONMENT.HOME, ...env },
      extendEnv: false,
      reject: false,
    });
  const readResult = (): string => readFileSync(join(checkout, 'result.json'), 'utf8');

  test('leaves the result of right work, and exits with 0', async () => {
    cpSync(join(PROJECT, 'solutions/week02'), join(checkout, 'labs/week02'), { recursive: true });
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(0);
    expect(JSON.parse(readResult())).toMatchObject({ score: 100, 'max-score': 100, owner: 'org' });
    await expectValid('classroom50', readResult());
    expect(stdout).toContain('100/100 points');
  }, 60_000);

  test('exits with 0 for wrong work, and lets it give no commands to the workflow', async () => {
    mkdirSync(join(checkout, 'http_serve1'));
    const crash = "console.error('\\n::error::gotcha'); process.exit(1);";
    writeFileSync(join(checkout, 'http_serve1/http_serve1.js'), crash);
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(0);
    expect(JSON.parse(readResult())).toMatchObject({ score: 0 });
    await expectValid('classroom50', readResult());
    expect(stdout).toContain('::error::gotcha');
    const obeyed = readCommands(stdout).filter(({ name }) => name !== 'stop-commands');
    expect(obeyed).toEqual([]);
  }, 60_000);

  test('names the line that sent what is wrong', async () => {
    const server = [
      "require('node:net').createServer((socket) => socket.once('data', () =>",
      "  socket.end('HTTP/1.1 200 OK\\n\\n'))).listen(process.env.PORT);",
    ].join('\n');
    writeFileSync(join(checkout, 'http_serve2.cjs'), server);
    expect((await run()).stdout).toMatch(/sent by \S*http_serve2\.cjs:2:/);
  }, 60_000);

  test("takes no result that is in the checkout already, and writes through nobody's link", async () => {
    const theirs = join(kit.folder, 'theirs.json');
    writeFileSync(theirs, 'theirs');
    symlinkSync(theirs, join(checkout, 'result.json'));
    writeFileSync(join(checkout, 'athome.py'), '');
    expect((await run()).exitCode).toBe(0);
    expect(JSON.parse(readResult())).toMatchObject({ score: 0 });
    expect(readFileSync(theirs, 'utf8')).toBe('theirs');
  }, 60_000);

  test.each([
    ['no program', ['sandbox --sandbox bwrap:.c'], 'it holds no program of week02'],
    ['two programs in one place', ['athome.py', 'athome.sh'], 'athome has two programs, athome.py'],
  ])(
    'gives no points for %s, and says what to do',
    async (_, names, reason) => {
      for (const name of names) writeFileSync(join(checkout, name), '');
      const { exitCode, stdout } = await run();
      expect(exitCode).toBe(0);
      const message = expect.stringMatching(`^Nothing was graded: ${reason}`);
      const result: unknown = JSON.parse(readResult());
      expect(result).toMatchObject({
        score: 0,
        tests: expect.arrayContaining([expect.objectContaining({ passed: false, message })]),
      });
      await expectValid('classroom50', readResult());
      expect(stdout).toContain(reason);
    },
    60_000,
  );

  test('leaves none, and exits with 1, where nothing could be graded', async () => {
    writeFileSync(join(checkout, 'result.json'), '{ "score": 100 }');
    const { exitCode, stdout } = await run({ ...VARIABLES, SUBMISSION_TAG: '' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('needs SUBMISSION_TAG in the environment');
    expect(existsSync(join(checkout, 'result.json'))).toBe(false);
  }, 60_000);
});
