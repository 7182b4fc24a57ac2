import { writeCode } from '../../report/markdown/write.ts';
import { showLine } from '../../report/show-text.ts';
import type { GithubClient } from '../../batch/github/github-client.ts';
import { parseChangedFile } from './parse-answers.ts';
import type { Repository } from './write-comment.ts';

/** GitHub tells of no more. */
const MOST_LISTED = 3000;

/**
 * Asks GitHub, and not the record, whether a pull request changes what GitHub runs. It runs a pull
 * request's own workflows, and a changed one can write any record that it likes.
 *
 * @returns a warning as a line of Markdown, where there is something to be warned of
 */
export async function warnOfWorkflows(
  client: GithubClient,
  repository: Repository,
  pull: number,
): Promise<readonly string[]> {
  const files = await client.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
    ...repository,
    pull_number: pull,
    per_page: 100,
  });
  const changed = files.flatMap(parseChangedFile).filter((path) => /^\.github\//i.test(path));
  const [first] = changed;
  if (first === undefined && files.length < MOST_LISTED) return [];
  const what = first === undefined ? 'thousands of files' : writeCode(showLine(first));
  return [
    `**This pull request changes ${what}.** GitHub runs the workflows of the pull request itself, so what follows may be its own words. Look at that change, and grade the work by hand.`,
    '',
  ];
}
