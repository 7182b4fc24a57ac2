import { readGit, type GitTools } from './read-git.ts';

/** A commit that is about to be pushed, and the labs in which it brings something new. */
export interface Pushed {
  readonly commit: string;
  readonly labs: readonly string[];
}

export interface PushOptions extends GitTools {
  /** A folder of the repository. */
  readonly folder: string;
  /** The name of the remote, or its address. */
  readonly remote: string;
  /** The ids of all labs. */
  readonly labs: readonly string[];
}

/** A branch that is removed there has no commit here. */
const NOTHING = /^0+$/;

/**
 * Reads what git tells a hook of a push: for each branch or tag a line of its name and object here,
 * and its name and object there.
 */
export async function listPushed(lines: string, options: PushOptions): Promise<readonly Pushed[]> {
  const pushed = new Map<string, Pushed>();
  for (const line of lines.split('\n').filter((each) => each !== '')) {
    const [, here = '', , there = ''] = line.split(' ');
    if (NOTHING.test(here)) continue;
    const commit = await readGit(options.folder, ['rev-parse', `${here}^{commit}`], options);
    if (commit === undefined || pushed.has(commit)) continue;
    const labs = await listTouched({ commit, there }, options);
    if (labs.length > 0) pushed.set(commit, { commit, labs });
  }
  return [...pushed.values()];
}

/** The labs that are changed by commits which the remote has not seen. */
async function listTouched(
  { commit, there }: { readonly commit: string; readonly there: string },
  { folder, remote, labs, ...tools }: PushOptions,
): Promise<readonly string[]> {
  const known = await readGit(folder, ['cat-file', '-t', there], tools);
  const seen = [`--remotes=${remote}`, ...(known === undefined ? [] : [there])];
  const touched: string[] = [];
  for (const lab of labs) {
    const args = ['rev-list', '--max-count=1', commit, '--not', ...seen, '--', `labs/${lab}`];
    if ((await readGit(folder, args, tools)) !== '') touched.push(lab);
  }
  return touched;
}
