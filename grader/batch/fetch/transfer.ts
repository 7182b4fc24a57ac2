import { explainFailure, type FetchFailure } from './explain-failure.ts';
import { runGit, type GitCall, type GitEnd } from './run-git.ts';

/** A stranger's repository, and how it is reached. */
export interface Remote extends Omit<GitCall, 'args' | 'converse'> {
  readonly url: string;
  readonly ref: string | undefined;
}

/** What is to be graded, before a deadline chooses the commit. */
export type Tip =
  /** By a name that git understands within the repository. */
  | { readonly status: 'found'; readonly name: string }
  | { readonly status: 'empty' }
  | { readonly status: 'no-such-ref' }
  | { readonly status: 'failed'; readonly failure: FetchFailure };

const WORK = 'refs/wiregrade/work';

/** Clones into a folder that is not there yet. */
export async function cloneFresh(folder: string, remote: Remote): Promise<Tip> {
  const cloned = await transfer(remote, [
    'clone',
    '--bare',
    // A local clone would copy the files as they are, whatever they hold.
    '--no-local',
    '--single-branch',
    '--no-tags',
    '--no-recurse-submodules',
    '--template=',
    '--',
    remote.url,
    folder,
  ]);
  if (cloned.code !== 0) return failed(cloned);
  if (remote.ref !== undefined) return fetchTip(folder, remote);
  const head = await within(folder, remote, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return head.code === 0 ? { status: 'found', name: 'HEAD' } : findOnlyBranch(folder, remote);
}

/** Brings a repository that was cloned before up to date. */
export async function fetchTip(folder: string, remote: Remote): Promise<Tip> {
  const { ref = 'HEAD' } = remote;
  const fetched = await fetchRef(folder, remote, ref);
  if (fetched.code === 0) return { status: 'found', name: WORK };
  if (remote.ref === undefined || !isMissingRef(fetched)) return failed(fetched);
  // No server gives out a commit by the first letters of its name.
  const shortened = /^[0-9a-f]{4,64}$/i.test(ref);
  const history = shortened ? await fetchRef(folder, remote, 'HEAD') : undefined;
  if (history?.code !== 0) return { status: 'no-such-ref' };
  const found = await within(folder, remote, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  return found.code === 0 ? { status: 'found', name: ref } : { status: 'no-such-ref' };
}

function fetchRef(folder: string, remote: Remote, ref: string): Promise<GitEnd> {
  return transfer(remote, [
    `--git-dir=${folder}`,
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
    '--',
    remote.url,
    `+${ref}:${WORK}`,
  ]);
}

/** A server may name a branch that is not there as its first; another may be the only one. */
async function findOnlyBranch(folder: string, remote: Remote): Promise<Tip> {
  const listed = await transfer(remote, ['ls-remote', '--heads', '--', remote.url]);
  if (listed.code !== 0) return failed(listed);
  const branches = [...listed.stdout.matchAll(/^[0-9a-f]{40,}\t(refs\/heads\/.+)$/gm)];
  const [first] = branches;
  if (!first) return { status: 'empty' };
  if (branches.length > 1) {
    const reason = 'its HEAD names no branch, and there are several; give a ref in the roster';
    return { status: 'failed', failure: { status: 'broken', reason } };
  }
  const fetched = await fetchRef(folder, remote, first[1] ?? '');
  return fetched.code === 0 ? { status: 'found', name: WORK } : failed(fetched);
}

function transfer(remote: Remote, args: readonly string[]): Promise<GitEnd> {
  return runGit({ ...remote, args });
}

/** Asks the repository that was fetched; nothing is fetched by that. */
function within(folder: string, remote: Remote, args: readonly string[]): Promise<GitEnd> {
  const asked = { ...remote, local: false, token: undefined };
  return runGit({ ...asked, args: [`--git-dir=${folder}`, ...args] });
}

function failed({ stderr }: GitEnd): Tip {
  return { status: 'failed', failure: explainFailure(stderr) };
}

function isMissingRef({ stderr }: GitEnd): boolean {
  return /^fatal: (?:couldn't find remote ref|remote error: upload-pack: not our ref)/m.test(
    stderr,
  );
}
