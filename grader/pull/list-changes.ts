import { MOST_LISTED } from '../batch/fetch/limits.ts';
import { runGit, type GitCall } from '../batch/fetch/run-git.ts';
import { splitAtNul } from '../batch/fetch/split-at-nul.ts';
import { WorkRefused } from '../batch/fetch/work-refused.ts';
import { MachineFault } from '../model/errors.ts';
import type { PullRequest } from './fetch-pull.ts';

/**
 * Lists the paths that a pull request adds, changes or removes, since its branch left the base's.
 *
 * @throws WorkRefused where there are more than anyone would look through
 */
export async function listChanges(
  { repository, head, ancestor }: PullRequest,
  { environment, signal }: Pick<GitCall, 'environment' | 'signal'>,
): Promise<readonly string[]> {
  const paths: string[] = [];
  const compare = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', ancestor, head];
  const { code, stderr } = await runGit({
    args: [`--git-dir=${repository}`, ...compare],
    environment,
    signal,
    converse: async ({ stdin, stdout }) => {
      stdin.end();
      for await (const path of splitAtNul(stdout)) {
        if (paths.length === MOST_LISTED) {
          throw new WorkRefused(`it changes more than ${String(MOST_LISTED)} files; send fewer`);
        }
        paths.push(path.toString());
      }
    },
  });
  if (code !== 0) throw new MachineFault(`git could not compare the commits: ${stderr.trim()}`);
  return paths;
}
