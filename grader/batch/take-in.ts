import type { Staged } from './fetch/stage-work.ts';
import { fetchFork, type Fetched } from './fetch/fetch-fork.ts';
import { stageWork, type Work } from './fetch/stage-work.ts';
import { extendDeadline } from './lateness/judge-lateness.ts';
import type { LatePolicy } from './lateness/policy.ts';
import type { RosterEntry } from './roster/roster-entry.ts';

export interface TakeInOptions {
  readonly lab: string;
  /** Later commits are not looked at, but for those with more time. */
  readonly deadline: Date | undefined;
  readonly policy: LatePolicy;
  /** The folder of all fetched repositories. */
  readonly cache: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly signal: AbortSignal;
}

/** A student's work before it is staged: a plain folder, or a commit of a repository. */
export type Source = { readonly status: 'folder'; readonly folder: string } | Fetched;

/** Brings a student's work to this machine. */
export function fetchWork(entry: RosterEntry, options: TakeInOptions): Promise<Source> {
  const { kind, repo, ref } = entry;
  if (kind === 'folder') return Promise.resolve({ status: 'folder', folder: repo });
  const { policy } = options;
  const student = entry.student.id;
  const deadline = options.deadline && extendDeadline(options.deadline, { policy, student });
  return fetchFork({ ...options, deadline, repo, ref });
}

/** Writes the lab's part of a work into an empty folder. */
export function stageSource(
  source: Extract<Source, { status: 'folder' | 'fetched' }>,
  { path, into }: { readonly path: string | undefined; readonly into: string },
  options: TakeInOptions,
): Promise<Staged> {
  const { lab } = options;
  const work: Work =
    source.status === 'folder'
      ? { from: 'folder', folder: source.folder, lab, path }
      : { from: 'repository', repository: source.repository, commit: source.commit, lab, path };
  return stageWork(work, into, options);
}
