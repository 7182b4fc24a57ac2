import { UsageError } from '../../model/errors.ts';
import { faultOfId, foldId } from './check-id.ts';
import { checkRepo } from './check-repo.ts';
import { openGithub } from './github.ts';
import type { GithubOptions } from '../github/github-client.ts';
import { parseFork, type ListedFork } from './parse-forks.ts';
import type { RosterEntry } from './roster-entry.ts';

/**
 * Lists the forks of a repository on GitHub, each as the work of its owner. Anyone can fork, so that
 * one which cannot be graded is left out and told of, and stops nobody.
 *
 * @param repository for example `org/week02`
 * @throws UsageError where there is no such repository, no right to see it, or no fork; the signal's
 *   reason
 */
export async function forksOf(
  repository: string,
  options: GithubOptions,
): Promise<readonly RosterEntry[]> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(repository)) {
    throw new UsageError(
      `--forks-of ${repository} names no repository; write it as OWNER/REPO, as on github.com.`,
    );
  }
  const list = await openGithub(options);
  const forks = (await list(repository, 'forks')).map(parseFork);
  const ids = new Set<string>();
  const entries = forks.flatMap((fork) => {
    const read = readFork(fork, ids);
    if ('entry' in read) return [read.entry];
    options.told(`The fork ${fork.owner}/${fork.name} is left out: ${read.fault}`);
    return [];
  });
  if (entries.length > 0) return entries;
  throw new UsageError(`${repository} has no forks that could be graded; look at its name.`);
}

function readFork(
  fork: ListedFork,
  ids: Set<string>,
): { readonly entry: RosterEntry } | { readonly fault: string } {
  const { owner, name, address, isPrivate } = fork;
  if (owner === '') return { fault: 'its owner has left GitHub.' };
  if (isPrivate) return { fault: 'it is private; ask its owner to make it public.' };
  // An organisation can fork a repository twice; the older one comes first.
  const id = ids.has(foldId(owner)) ? `${owner}.${name}` : owner;
  const fault = faultOfId(id);
  if (fault !== undefined) return { fault };
  // From the internet, so that a path on this machine is none of its answers.
  const repo = checkRepo(address, '/');
  if ('fault' in repo) return repo;
  if (!repo.value.startsWith('https://')) return { fault: 'it has no https:// address.' };
  if (ids.has(foldId(id))) return { fault: 'it is listed twice.' };
  ids.add(foldId(id));
  const student = { id, name: '', email: '', section: '' };
  return { entry: { student, kind: 'repository', repo: repo.value, line: 0 } };
}
