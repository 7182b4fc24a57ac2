import { readFailure, type GithubClient } from '../../batch/github/github-client.ts';
import { parseComment, parseLogin, type ListedComment } from './parse-answers.ts';

/** A repository on GitHub, as its API wants it named. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** Hidden, and first in every comment of ours: by it the next one finds this one. */
export const MARKER = '<!-- wiregrade: the verdict on this pull request -->';

/** Whose token a workflow has; it is not told its own name. */
const WORKFLOW_BOT = 'github-actions[bot]';

const MOST_TRIES = 3;

/**
 * Writes the one comment on a pull request, or brings it up to date.
 *
 * @param body begins with the marker
 */
export async function writeComment(
  client: GithubClient,
  place: Repository & { readonly issue_number: number },
  body: string,
): Promise<'written' | 'updated' | 'unchanged'> {
  const author = await askWhoWeAre(client);
  for (let tries = 1; ; tries += 1) {
    const own = await findOwn(client, place, author);
    if (own?.body === body) return 'unchanged';
    try {
      return await write(client, { ...place, body }, own);
    } catch (error) {
      // It may be there by now, in spite of that: so look again before another is written.
      if (readFailure(error).status < 500 || tries === MOST_TRIES) throw error;
    }
  }
}

async function write(
  client: GithubClient,
  comment: Repository & { readonly issue_number: number; readonly body: string },
  own: ListedComment | undefined,
): Promise<'written' | 'updated'> {
  if (!own) {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    await client.request(route, { ...comment });
    return 'written';
  }
  const { owner, repo, body } = comment;
  await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
    ...{ owner, repo, body },
    comment_id: own.id,
  });
  return 'updated';
}

async function askWhoWeAre(client: GithubClient): Promise<string> {
  try {
    return parseLogin((await client.request('GET /user')).data);
  } catch (error) {
    if (readFailure(error).status === 403) return WORKFLOW_BOT;
    throw error;
  }
}

/** Anyone can copy the marker, so that the author counts as well: nobody else's words are touched. */
async function findOwn(
  client: GithubClient,
  place: Repository & { readonly issue_number: number },
  author: string,
): Promise<ListedComment | undefined> {
  const comments = await client.paginate(
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    { ...place, per_page: 100 },
  );
  return comments
    .map(parseComment)
    .find((comment) => comment.author === author && comment.body.startsWith(MARKER));
}
