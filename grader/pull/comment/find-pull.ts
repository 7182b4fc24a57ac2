import type { GithubClient } from '../../batch/github/github-client.ts';
import { parsePull, type ListedPull } from './parse-answers.ts';
import type { Repository } from './write-comment.ts';

/** Which pull request is meant, by what GitHub says of the run that graded it. */
export type PullAsked =
  | { readonly by: 'number'; readonly number: number }
  /** GitHub does not name the pull request of a fork. */
  | { readonly by: 'branch'; readonly from: string; readonly sha: string };

/**
 * Asks GitHub for a pull request that is open: what has been merged or closed needs no verdict.
 *
 * @returns undefined where there is none; one that is asked for by its number may be at another commit
 */
export async function findPull(
  client: GithubClient,
  repository: Repository,
  asked: PullAsked,
): Promise<ListedPull | undefined> {
  if (asked.by === 'number') {
    const answer = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...repository,
      pull_number: asked.number,
    });
    const pull = parsePull(answer.data);
    return pull.isOpen ? pull : undefined;
  }
  const open = await client.paginate('GET /repos/{owner}/{repo}/pulls', {
    ...repository,
    state: 'open',
    per_page: 100,
  });
  return open.map(parsePull).find(({ sha, from }) => sha === asked.sha && from === asked.from);
}
