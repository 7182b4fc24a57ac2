import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runGit, type GitCall } from '../batch/fetch/run-git.ts';
import type { Head } from './find-head.ts';

/**
 * Makes a bare repository of our own that reads the objects of a stranger's. So git can be asked
 * about these, and never sees the settings and hooks that lie beside them.
 *
 * @param folder is made; its branch `head` is the stranger's commit
 */
export async function borrowObjects(
  { gitFolder, commit, shallow }: Head,
  folder: string,
  call: Pick<GitCall, 'environment' | 'signal'>,
): Promise<void> {
  const args = ['init', '--bare', '--quiet', '--template=', '--initial-branch=head', folder];
  const { code, stderr } = await runGit({ ...call, args });
  if (code !== 0) throw new Error(`git could not make a repository: ${stderr}`);
  mkdirSync(join(folder, 'objects/info'), { recursive: true });
  writeFileSync(
    join(folder, 'objects/info/alternates'),
    `${resolve(join(gitFolder, 'objects'))}\n`,
  );
  if (shallow.length > 0) {
    writeFileSync(join(folder, 'shallow'), shallow.map((id) => `${id}\n`).join(''));
  }
  mkdirSync(join(folder, 'refs/heads'), { recursive: true });
  writeFileSync(join(folder, 'refs/heads/head'), `${commit}\n`);
}
