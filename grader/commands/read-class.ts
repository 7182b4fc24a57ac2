import { forksOf } from '../batch/roster/forks-of.ts';
import { readRoster } from '../batch/roster/read-roster.ts';
import { readSubmissions } from '../batch/roster/read-submissions.ts';
import type { RosterEntry } from '../batch/roster/roster-entry.ts';
import { UsageError } from '../model/errors.ts';
import type { Console } from './console.ts';

/** The options that say whose work is graded. */
export interface ClassOptions {
  readonly roster?: string;
  readonly repoTemplate?: string;
  readonly forksOf?: string;
  readonly submissions?: string;
}

/** Reads whose work is graded. @throws UsageError where not just one way to tell it was used */
export async function readClass(
  options: ClassOptions,
  { environment, err, signal }: Console,
): Promise<readonly RosterEntry[]> {
  const { roster, forksOf: repository, submissions, repoTemplate } = options;
  const given = [roster, repository, submissions].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw new UsageError(
      'say whose work is graded by one of --roster FILE, --forks-of OWNER/REPO and --submissions DIR.',
    );
  }
  if (repoTemplate !== undefined && roster === undefined) {
    throw new UsageError(
      `--repo-template ${repoTemplate} says where the repositories of a roster are; add --roster FILE, or leave it out.`,
    );
  }
  if (submissions !== undefined) return readSubmissions(submissions);
  if (roster !== undefined) {
    return readRoster(roster, { ...(repoTemplate !== undefined && { repoTemplate }) });
  }
  return forksOf(repository ?? '', {
    token: environment.GITHUB_TOKEN ?? environment.GH_TOKEN,
    apiUrl: environment.GITHUB_API_URL,
    signal,
    told: (message) => err(`${message}\n`),
  });
}
