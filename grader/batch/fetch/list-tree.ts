import { LEFT_OUT } from '../../cell/submission-limits.ts';
import { MachineFault } from '../../model/errors.ts';
import type { Place } from './find-lab.ts';
import { MOST_LISTED } from './limits.ts';
import { readName } from './read-name.ts';
import { runGit, type GitCall } from './run-git.ts';
import { splitAtNul } from './split-at-nul.ts';
import { WorkList, type WorkFile } from './work-file.ts';
import { WorkRefused } from './work-refused.ts';

/** A commit within a repository of the cache. */
export interface CommitCall extends Pick<GitCall, 'environment' | 'signal'> {
  readonly repository: string;
  readonly commit: string;
}

/** What stands at a path of a commit. */
export async function lookInTree(call: CommitCall, path: string): Promise<Place> {
  let place: Place = 'nothing';
  await listEntries(call, [call.commit, '--', path], ({ mode }) => {
    place = PLACES.get(mode) ?? 'other';
  });
  return place;
}

const PLACES = new Map<string, Place>([
  ['040000', 'folder'],
  ['120000', 'link'],
  ['160000', 'submodule'],
]);

/**
 * Lists the files of a folder of a commit, from git's objects alone: nothing is checked out.
 *
 * @returns files whose source is the name of a git object
 * @throws WorkRefused, at the first thing that may not be taken in
 */
export async function listTree(
  call: CommitCall,
  path: string,
): Promise<readonly WorkFile<string>[]> {
  const list = new WorkList<string>();
  let listed = 0;
  await listEntries(call, ['-r', `${call.commit}:${path}`], ({ mode, object, size, name }) => {
    listed += 1;
    if (listed > MOST_LISTED) {
      throw new WorkRefused(`it holds more than ${String(MOST_LISTED)} files`);
    }
    if (name.split('/').some((part) => LEFT_OUT.has(part) && part !== '.git')) return;
    const what = REFUSED.get(mode);
    if (what !== undefined) {
      throw new WorkRefused(`${JSON.stringify(name)} is ${what}; put the file itself there`);
    }
    list.add({ path: name, size, executable: mode === '100755', source: object });
  });
  return list.files;
}

const REFUSED = new Map([
  ['120000', 'a link'],
  ['160000', 'a submodule'],
]);

interface TreeEntry {
  readonly mode: string;
  readonly object: string;
  readonly size: number;
  readonly name: string;
}

async function listEntries(
  { repository, environment, signal }: CommitCall,
  args: readonly string[],
  take: (entry: TreeEntry) => void,
): Promise<void> {
  const { code, stderr } = await runGit({
    args: [`--git-dir=${repository}`, 'ls-tree', '-z', '-l', '--full-tree', ...args],
    environment,
    signal,
    converse: async ({ stdin, stdout }) => {
      stdin.end();
      for await (const record of splitAtNul(stdout)) take(readEntry(record));
    },
  });
  if (code !== 0) throw new MachineFault(`git could not list the files: ${stderr.trim()}`);
}

/** Reads `100644 blob OBJECT     SIZE<TAB>NAME`; the size of what is no file is a dash. */
function readEntry(record: Buffer): TreeEntry {
  const tab = record.indexOf('\t');
  const [mode = '', , object = '', size = ''] = record.toString('latin1', 0, tab).split(/ +/);
  return { mode, object, size: Number(size) || 0, name: readName(record.subarray(tab + 1)) };
}
