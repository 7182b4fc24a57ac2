import { explainRefusal, openClient, type GithubClient } from '../batch/github/github-client.ts';
import type { CiRecord } from '../model/ci-record.ts';
import { UsageError } from '../model/errors.ts';
import { findPull, type PullAsked } from '../pull/comment/find-pull.ts';
import { readCiRecord } from '../pull/comment/read-ci-record.ts';
import { warnOfWorkflows } from '../pull/comment/warn-of-workflows.ts';
import { MARKER, writeComment, type Repository } from '../pull/comment/write-comment.ts';
import { renderPull } from '../pull/render-pull.ts';
import type { Console, ExitCode } from './console.ts';
import { readCount } from './read-count.ts';

/** The options of `comment`, as they are typed; an empty one is as good as none. */
export interface CommentOptions {
  readonly result: string;
  readonly repo?: string;
  readonly pull?: string;
  readonly headRepo?: string;
  readonly headSha?: string;
  readonly dryRun?: boolean;
}

/** Below GitHub's 65,536 characters. */
const MOST_CHARACTERS = 60_000;

/** Writes the verdict on a pull request under it, from a record that anyone may have written. */
export async function commentCommand(options: CommentOptions, console: Console): Promise<ExitCode> {
  const record = readCiRecord(options.result);
  if (options.dryRun === true) {
    console.out(renderComment(record, []));
    return 0;
  }
  const { GITHUB_TOKEN: token = '', GITHUB_API_URL: apiUrl } = console.environment;
  const repository = readRepository(options.repo);
  const asked = readAsked(options);
  refuseOther(record, options.headSha);
  if (token === '') {
    throw new UsageError('set GITHUB_TOKEN to a token that may write to pull requests.');
  }
  const { signal } = console;
  const told = (message: string): void => console.err(`${message}\n`);
  const client = await openClient({ token, apiUrl, signal, told });
  try {
    console.out(`${await comment(client, repository, { asked, record })}\n`);
  } catch (error) {
    signal.throwIfAborted();
    const name = `${repository.owner}/${repository.repo}`;
    const what = `let comments be written in ${name}; the token needs pull-requests: write`;
    throw explainRefusal(error, { repository: name, what }, { token, apiUrl });
  }
  return 0;
}

async function comment(
  client: GithubClient,
  repository: Repository,
  { asked, record }: { readonly asked: PullAsked; readonly record: CiRecord },
): Promise<string> {
  const pull = await findPull(client, repository, asked);
  if (!pull) return 'No open pull request has this commit any more; nothing is written.';
  const number = String(pull.number);
  if (pull.sha !== record.head) {
    return `Pull request ${number} is at another commit by now; nothing is written.`;
  }
  const warning = await warnOfWorkflows(client, repository, pull.number);
  const place = { ...repository, issue_number: pull.number };
  const done = await writeComment(client, place, renderComment(record, warning));
  return `The comment on pull request ${number} is ${done}.`;
}

function renderComment(record: CiRecord, warning: readonly string[]): string {
  return renderPull(record, { before: [MARKER, '', ...warning], most: MOST_CHARACTERS });
}

function readRepository(text = ''): Repository {
  const [, owner = '', repo = ''] = /^([\w.-]+)\/([\w.-]+)$/.exec(text) ?? [];
  if (owner !== '' && !/^\.+$/.test(owner) && !/^\.+$/.test(repo)) return { owner, repo };
  if (text === '') throw new UsageError('name the repository of the base by --repo OWNER/NAME.');
  throw new UsageError(`--repo ${text} names no repository; write it as OWNER/NAME.`);
}

function readAsked({ pull = '', headRepo = '', headSha = '' }: CommentOptions): PullAsked {
  if (pull !== '') return { by: 'number', number: readCount('--pull', pull, 0) };
  if (headRepo !== '' && headSha !== '') return { by: 'branch', from: headRepo, sha: headSha };
  throw new UsageError(
    'name the pull request by --pull N, or by --head-repo OWNER/NAME and --head-sha COMMIT.',
  );
}

/** The record's word for its commit is not taken where GitHub has told it. */
function refuseOther({ head }: CiRecord, sha = ''): void {
  if (sha === '' || sha === head) return;
  throw new UsageError(
    `--result is of the commit ${head}, and --head-sha is ${sha}; have the pull request graded again.`,
  );
}
