import { execa } from 'execa';
import { UsageError } from '../../model/errors.ts';

/** What git is called with: this is the user's own repository, with the user's own settings. */
export interface GitTools {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Asks git about the repository that a folder is in. @returns what it printed; undefined where it failed */
export async function readGit(
  folder: string,
  args: readonly string[],
  { environment, signal }: GitTools,
): Promise<string | undefined> {
  const { failed, stdout } = await execa('git', ['-C', folder, ...args], {
    env: environment,
    extendEnv: false,
    cancelSignal: signal,
    stdin: 'ignore',
    reject: false,
  });
  signal.throwIfAborted();
  return failed ? undefined : stdout;
}

/** The folder that all worktrees of a repository share. @throws UsageError where there is none */
export async function findRepository(folder: string, tools: GitTools): Promise<string> {
  return findPath(folder, ['--git-common-dir'], tools);
}

/**
 * The folder in which git looks for the hooks of a repository: settings may name another one than the
 * repository's own.
 *
 * @throws UsageError where there is no repository
 */
export async function findHooks(folder: string, tools: GitTools): Promise<string> {
  return findPath(folder, ['--git-path', 'hooks'], tools);
}

async function findPath(
  folder: string,
  which: readonly string[],
  tools: GitTools,
): Promise<string> {
  const found = await readGit(folder, ['rev-parse', '--path-format=absolute', ...which], tools);
  if (found !== undefined) return found;
  throw new UsageError(
    `git knows no repository at ${folder}; clone the course by git, or run git init there.`,
  );
}
