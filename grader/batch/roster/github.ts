import { explainRefusal, openClient, type GithubOptions } from '../github/github-client.ts';

/**
 * Opens GitHub's REST API.
 *
 * @returns a function that gives all entries of a list, over all its pages
 */
export async function openGithub(
  options: GithubOptions,
): Promise<(repository: string, list: 'forks') => Promise<readonly unknown[]>> {
  const client = await openClient(options);
  return async (repository, list) => {
    const [owner = '', repo = ''] = repository.split('/');
    try {
      return await client.paginate(`GET /repos/{owner}/{repo}/${list}`, {
        owner,
        repo,
        per_page: 100,
        sort: 'oldest',
      });
    } catch (error) {
      options.signal.throwIfAborted();
      const what = `let the forks of ${repository} be listed`;
      throw explainRefusal(error, { repository, what }, options);
    }
  };
}
