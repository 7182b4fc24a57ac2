import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { basename, dirname } from 'node:path';
import { runCli, type CliRun } from './cli.ts';
import { compareGolden, mask } from './misbehaving/compare-golden.ts';
import { makeMisbehaving } from './misbehaving/make.ts';
import { LENDS_TERMINALS, runInTerminal, WHY_NO_TERMINAL } from './run-in-terminal.ts';
import type { TestSubmission } from './submission.ts';

// All that a report can hold: stages that pass, fail and are missing, bytes, a stack, skipped checks.
const STAGES = ['echo_server', 'http_serve2', 'http_serve3', 'http_serve4'];

let submission: TestSubmission;
beforeAll(() => {
  submission = makeMisbehaving({
    programs: {
      http_serve2: [["head.join('\\r\\n')", "head.join('\\n')"]],
      http_serve3: [['parseRequest(request));', 'parseRequest(request).path.toUpperCase());']],
    },
  });
});
afterAll(() => {
  submission.remove();
});

function words(...more: readonly string[]): string[] {
  const from = ['--from', basename(submission.folder), '--seed', '1'];
  return ['grade', 'week02', ...STAGES, ...from, '--all', ...more];
}

const onTerminal = (columns: number, env: Record<string, string>, ...more: string[]) =>
  runInTerminal(words(...more), { columns, env, cwd: dirname(submission.folder) });

const inPipe = (env: Record<string, string | undefined>, ...more: string[]) =>
  runCli(words(...more), { env, cwd: dirname(submission.folder) });

function steady({ stdout }: CliRun): string {
  return mask(stdout.trimEnd(), basename(submission.folder));
}

/** Commands are to be pasted, so they stay in one line, however long they are. */
function isCommand(line: string): boolean {
  return /^ {6,}(?:npm run|curl|printf) |^ *(?:next|try) {2,3}npm run /.test(line);
}

const testOnTerminal = LENDS_TERMINALS ? test : test.skip;

describe('a report on a terminal', () => {
  testOnTerminal.each([60, 80, 120])(
    `keeps within %d columns${WHY_NO_TERMINAL}`,
    async (columns) => {
      const run = await onTerminal(columns, { NO_COLOR: '1' });
      compareGolden(`terminal-${String(columns)}`, run, basename(submission.folder));
      const tooLong = run.stdout
        .split('\n')
        .filter((line) => line.length > columns && !isCommand(line));
      expect(tooLong).toEqual([]);
      expect(run.stdout).toMatch(/^[\n -~]+$/);
    },
  );

  testOnTerminal(`is coloured, and holds the same words${WHY_NO_TERMINAL}`, async () => {
    const run = await onTerminal(80, {});
    const shown = run.stdout.replaceAll('\u001b', '<ESC>');
    compareGolden('terminal-coloured', { ...run, stdout: shown }, basename(submission.folder));
    const bare = { ...run, stdout: run.stdout.replace(/\u001b\[\d+m/g, '') };
    expect(steady(bare)).toBe(steady(await onTerminal(80, { NO_COLOR: '1' })));
  });

  testOnTerminal(`has no colours where it is a dumb one${WHY_NO_TERMINAL}`, async () => {
    expect((await onTerminal(80, { TERM: 'dumb' })).stdout).not.toContain('\u001b');
  });

  testOnTerminal(`never moves the cursor, nor clears the screen${WHY_NO_TERMINAL}`, async () => {
    const { stdout } = await onTerminal(80, { FORCE_COLOR: '1' });
    expect(stdout.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\u001b\r]/);
  });
});

describe('a report in a pipe', () => {
  testOnTerminal(
    `is that of a terminal of 80 columns, without colours${WHY_NO_TERMINAL}`,
    async () => {
      const [piped, shown] = await Promise.all([
        inPipe({ NO_COLOR: undefined }),
        onTerminal(80, { NO_COLOR: '1' }),
      ]);
      expect(steady(piped)).toBe(steady(shown));
    },
  );

  testOnTerminal(`is coloured where FORCE_COLOR asks for it${WHY_NO_TERMINAL}`, async () => {
    const forced = await inPipe({ NO_COLOR: undefined, FORCE_COLOR: '1' });
    expect(steady(forced)).toBe(steady(await onTerminal(80, {})));
  });
});

describe('--plain', () => {
  test('says one fact a line, without columns, carets or drawings', async () => {
    const run = await inPipe({}, '--plain');
    compareGolden('plain', run, basename(submission.folder));
    expect(run.stdout).toContain('\nbyte 15 is 0a; 0d 0a was expected\n');
    expect(run.stdout).not.toMatch(/\^|\| | {2}|\n\n|^ |\u001b/m);
  });

  testOnTerminal(`says the same on a narrow terminal${WHY_NO_TERMINAL}`, async () => {
    const [piped, shown] = await Promise.all([
      inPipe({}, '--plain'),
      onTerminal(60, {}, '--plain'),
    ]);
    expect(steady(shown)).toBe(steady(piped));
  });
});
