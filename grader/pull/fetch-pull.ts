import { join } from 'node:path';
import { fetchFork } from '../batch/fetch/fetch-fork.ts';
import { runGit, type GitCall } from '../batch/fetch/run-git.ts';
import { UsageError } from '../model/errors.ts';
import { borrowObjects } from './borrow-objects.ts';
import { findHead } from './find-head.ts';

/** A pull request, in a repository of our own, to be read from git's objects alone. */
export interface PullRequest {
  readonly repository: string;
  readonly head: string;
  readonly base: string;
  /** Where the two parted; the base itself where that is not known. */
  readonly ancestor: string;
}

export type FetchedPull =
  | ({ readonly status: 'fetched' } & PullRequest)
  /** With the commits that are known all the same. */
  | {
      readonly status: 'refused' | 'broken';
      readonly reason: string;
      readonly head: string;
      readonly base: string;
    };

export interface FetchPullOptions extends Pick<GitCall, 'environment' | 'signal'> {
  /** The checkout that the grader runs from. */
  readonly base: string;
  /** A stranger's checkout or repository. */
  readonly head: string;
  /** An empty folder for what is fetched. */
  readonly scratch: string;
}

/**
 * Brings both sides of a pull request together. What comes from the head is checked by git, object
 * by object, on its way in, and may cost no more than a fork of a class may.
 *
 * @throws UsageError where one of the two is no git repository; the signal's reason
 */
export async function fetchPull(options: FetchPullOptions): Promise<FetchedPull> {
  const { base, head, scratch, environment, signal } = options;
  const call = { environment, signal };
  const found = findHead(head);
  const at = await readBase(base, call);
  const borrowed = join(scratch, 'head.git');
  await borrowObjects(found, borrowed, call);
  const cache = join(scratch, 'fetched');
  const fetched = await fetchFork({ ...call, repo: borrowed, cache });
  const ends = { head: found.commit, base: at };
  if (fetched.status === 'nothing') return { status: 'broken', reason: fetched.reason, ...ends };
  if (fetched.status !== 'fetched') return { ...fetched, ...ends };
  const { repository } = fetched;
  const joined = await runGit({
    ...call,
    local: true,
    args: [
      ...[`--git-dir=${repository}`, 'fetch', '--quiet', '--no-tags', '--update-shallow'],
      // The git at the other end is not told what this one is.
      `--upload-pack=git -c '${OURS}' upload-pack`,
      ...['--no-recurse-submodules', '--no-write-fetch-head', '--', base, `+HEAD:${BASE}`],
    ],
  });
  if (joined.code !== 0) throw new Error(`git could not fetch the base: ${joined.stderr}`);
  const args = [`--git-dir=${repository}`, 'merge-base', BASE, ends.head];
  const parted = await runGit({ ...call, args });
  const ancestor = parted.code === 0 ? parted.stdout.trim() : at;
  return { status: 'fetched', repository, ...ends, ancestor };
}

const BASE = 'refs/wiregrade/base';

/** Whoever owns the base, its grader runs already. */
const OURS = 'safe.directory=*';

async function readBase(
  base: string,
  call: Pick<FetchPullOptions, 'environment' | 'signal'>,
): Promise<string> {
  const { code, stdout } = await runGit({
    ...call,
    args: ['-c', OURS, '-C', base, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}'],
  });
  if (code === 0) return stdout.trim();
  throw new UsageError(
    `--base ${base} is no checkout of a commit; clone the base branch with git, and run its grader.`,
  );
}
