import { execa } from 'execa';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { quoteForShell } from '../model/quote-for-shell.ts';
import { isInstalled, type CliOptions, type CliRun } from './cli.ts';

/** Whether this machine can lend a terminal to a test. */
export const LENDS_TERMINALS = isInstalled('script') && process.platform === 'linux';

/** For the title of a test that needs a terminal: why it is skipped, or nothing. */
export const WHY_NO_TERMINAL = LENDS_TERMINALS
  ? ''
  : ' (skipped: there is no script of util-linux)';

/**
 * Runs the grader on a terminal of its own, as wide as is said, and gives what was printed there. What
 * goes to stderr is printed there as well.
 */
export async function runInTerminal(
  args: readonly string[],
  { columns, cwd, env }: CliOptions & { readonly columns: number },
): Promise<CliRun> {
  const launcher = join(PROJECT, 'grader/launch.mjs');
  const command = [process.execPath, launcher, ...args].map(quoteForShell).join(' ');
  const { exitCode, stdout } = await execa(
    'script',
    ['-qec', `stty cols ${String(columns)} && exec ${command}`, '/dev/null'],
    {
      reject: false,
      stdin: 'ignore',
      ...(cwd !== undefined && { cwd }),
      env: { CI: 'true', TERM: 'xterm', npm_lifecycle_event: 'grade', NO_COLOR: undefined, ...env },
    },
  );
  return { exitCode, stdout: stdout.replaceAll('\r\n', '\n'), stderr: '' };
}
