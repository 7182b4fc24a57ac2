import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chooseCommit, type Commit } from './choose-commit.ts';
import type { FetchFailure } from './explain-failure.ts';
import { FETCH_LIMITS, type FetchLimits } from './limits.ts';
import { tokenFor } from './server-token.ts';
import { takeTurns } from './take-turns.ts';
import { cloneFresh, fetchTip, type Remote, type Tip } from './transfer.ts';
import { sizeOf, watchSize } from './watch-size.ts';
import { hasWholePacks } from './whole-packs.ts';

export interface ForkRequest {
  /** An https:// address, or an absolute path. */
  readonly repo: string;
  /** A branch, a tag or a commit; it overrides the deadline. */
  readonly ref?: string | undefined;
  /** Later commits are not looked at. */
  readonly deadline?: Date | undefined;
  /** The folder of all fetched repositories; made where it is missing. */
  readonly cache: string;
  /**
   * Of which only where git is, and the way to the internet, is passed on; and GitHub's token, where
   * the repository is on GitHub.
   */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly limits?: FetchLimits;
  readonly signal: AbortSignal;
}

export type Fetched =
  | ({ readonly status: 'fetched'; readonly repository: string } & Commit)
  | { readonly status: 'nothing'; readonly reason: string }
  | FetchFailure;

/**
 * Fetches a stranger's repository into the cache, never to be checked out there, and chooses the
 * commit to grade. One that is there already is only brought up to date; one that is damaged is
 * thrown away, and cloned once more.
 *
 * Two calls for one repository take turns. Two processes must not share a cache.
 *
 * @throws the signal's reason; UsageError where there is no git
 */
export function fetchFork(request: ForkRequest): Promise<Fetched> {
  const { repo, cache, signal } = request;
  const repository = repositoryOf(repo, cache);
  return takeTurns(repository, signal, () => fetchWithin(repository, request));
}

/** Where the cache keeps what is fetched from an address or a path. */
export function repositoryOf(repo: string, cache: string): string {
  const name = createHash('sha256').update(repo).digest('hex').slice(0, 32);
  return join(cache, `${name}.git`);
}

class LimitReached extends Error {
  readonly failure: FetchFailure;

  constructor(failure: FetchFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

async function fetchWithin(repository: string, request: ForkRequest): Promise<Fetched> {
  const { timeMs, bytes } = request.limits ?? FETCH_LIMITS;
  const limit = new AbortController();
  const tooLate = `it was not fetched within ${String(Math.ceil(timeMs / 1000))} s`;
  const tooLarge = `its history takes more than ${String(Math.floor(bytes / 1024 / 1024))} MiB`;
  const refused: FetchFailure = { status: 'refused', reason: tooLarge };
  const reach = (failure: FetchFailure): void => limit.abort(new LimitReached(failure));
  const timer = setTimeout(() => reach({ status: 'broken', reason: tooLate }), timeMs);
  const fresh = `${repository}.new`;
  const remote: Remote = {
    url: request.repo,
    ref: request.ref,
    environment: request.environment,
    token: tokenFor(request.repo, request.environment),
    signal: AbortSignal.any([request.signal, limit.signal]),
    local: !/^https:/i.test(request.repo),
  };
  mkdirSync(request.cache, { recursive: true });
  rmSync(fresh, { recursive: true, force: true });
  const watches = [repository, fresh].map((folder) =>
    watchSize(folder, bytes, () => reach(refused)),
  );
  try {
    const fetched = await bringUpToDate({ repository, fresh, remote, request });
    // What came in between two looks counts as well.
    if ((await sizeOf(repository)) > bytes) throw new LimitReached(refused);
    return fetched;
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof LimitReached)) throw error;
    // It would be too large the next time too, and what was cut off is of no use.
    if (error.failure.status === 'refused') rmSync(repository, { recursive: true, force: true });
    return error.failure;
  } finally {
    clearTimeout(timer);
    for (const end of watches) end();
    rmSync(fresh, { recursive: true, force: true });
  }
}

interface Update {
  readonly repository: string;
  /** Where it is cloned to at first, so that half a clone is never taken for a whole one. */
  readonly fresh: string;
  readonly remote: Remote;
  readonly request: ForkRequest;
}

async function bringUpToDate({ repository, fresh, remote, request }: Update): Promise<Fetched> {
  if (existsSync(repository) && (await hasWholePacks(repository))) {
    const chosen = await choose(await fetchTip(repository, remote), {
      repository,
      request,
      remote,
    });
    if (chosen) return chosen;
  }
  const tip = await cloneFresh(fresh, remote);
  // The old one stays where the new one could not be had.
  if (tip.status === 'failed') return tip.failure;
  rmSync(repository, { recursive: true, force: true });
  renameSync(fresh, repository);
  const chosen = await choose(tip, { repository, request, remote });
  return chosen ?? { status: 'broken', reason: 'git cannot read what it has just cloned' };
}

/** @returns undefined where the repository cannot be used as it is */
async function choose(
  tip: Tip,
  { repository, request, remote }: Omit<Update, 'fresh'>,
): Promise<Fetched | undefined> {
  const { ref, deadline } = request;
  if (tip.status === 'failed') return undefined;
  if (tip.status === 'empty') return { status: 'nothing', reason: 'the repository is empty' };
  if (tip.status === 'no-such-ref') {
    const reason = `it has no branch, tag or commit ${String(ref)}; look at its row in the roster`;
    return { status: 'broken', reason };
  }
  const call = { ...remote, local: false, token: undefined, repository };
  const until = ref === undefined ? deadline : undefined;
  const chosen = await chooseCommit(tip.name, until, call);
  if (chosen === 'damaged') return undefined;
  if (chosen) return { status: 'fetched', repository, ...chosen };
  const reason = `it has no commit up to ${String(until?.toISOString())}`;
  return { status: 'nothing', reason };
}
