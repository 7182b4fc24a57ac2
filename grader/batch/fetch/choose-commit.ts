import { runGit, type GitCall } from './run-git.ts';

export interface Commit {
  readonly commit: string;
  /** ISO 8601, UTC. */
  readonly committedAt: string;
}

/** The last moment that a Date can hold, in seconds. */
const END_OF_TIME = 8.64e12;

/**
 * Takes the last commit of a branch that is not newer than the deadline, by its first-parent
 * history: what was merged from elsewhere, the course's own updates say, is older than its merge.
 *
 * The date is the committer's: the author's stays when work is amended or rebased, so that work of
 * after the deadline would keep its old date. Both are what the student's machine said; only the
 * server knows when it was pushed.
 *
 * @returns undefined where there is none; 'damaged' where the history cannot be read
 */
export async function chooseCommit(
  tip: string,
  deadline: Date | undefined,
  call: Omit<GitCall, 'args'> & { readonly repository: string },
): Promise<Commit | undefined | 'damaged'> {
  const before = deadline ? [`--min-age=${String(Math.floor(deadline.getTime() / 1000))}`] : [];
  const { repository, ...rest } = call;
  const { code, stdout } = await runGit({
    ...rest,
    args: [
      `--git-dir=${repository}`,
      'rev-list',
      '--first-parent',
      '--max-count=1',
      '--format=%H %ct',
      ...before,
      '--end-of-options',
      `${tip}^{commit}`,
      '--',
    ],
  });
  if (code !== 0) return 'damaged';
  const [, commit, seconds] = /^([0-9a-f]{40,}) (\d+)$/m.exec(stdout) ?? [];
  if (commit === undefined) return undefined;
  const at = new Date(Math.min(Number(seconds), END_OF_TIME) * 1000);
  return { commit, committedAt: at.toISOString() };
}
