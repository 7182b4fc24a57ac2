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
  const within = (...args: string[]) =>
    runGit({ ...call, args: [`--git-dir=${repository}`, ...args] });
  const joined = await runGit({
    ...call,
    local: true,
    args: [
      ...[`--git-dir=${repository}`, 'fetch', '--quiet', '--no-tags', '--update-shallow'],
      ...['--no-recurse-submodules', '--no-write-fetch-head', '--', base, `+HEAD:${BASE}`],
    ],
  });
  if (joined.code !== 0) {
    throw new Error(`git could not fetch the base: ${joined.stderr}`);
  }
  const parted = await within('merge-base', BASE, ends.head);
  const ancestor = parted.code === 0 ? parted.stdout.trim() : at;
  return { status: 'fetched', repository, ...ends, ancestor };
}

const BASE = 'refs/wiregrade/base';

async function readBase(base: string, call: FetchCall): Promise<string> {
  const { code, stdout } = await runGit({
    ...call,
    args: ['-C', base, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}'],
  });
  if (code === 0) return stdout.trim();
  throw new UsageError(
    `--base ${base} is no checkout of a commit; clone the base branch with git, and run its grader.`,
  );
}

type FetchCall = Pick<FetchPullOptions, 'environment' | 'signal'>;
