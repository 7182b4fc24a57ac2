import { createHash, type Hash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, MachineFault } from '../../model/errors.ts';
import { findLab, type Place } from './find-lab.ts';
import { listFolder, lookInFolder } from './list-folder.ts';
import { listTree, lookInTree } from './list-tree.ts';
import { readBlobs, type Bytes } from './read-blobs.ts';
import { readFolderFile } from './read-folder-file.ts';
import type { WorkFile } from './work-file.ts';
import { WorkRefused } from './work-refused.ts';

/** A student's work, and which part of it is wanted. */
export type Work = { readonly lab: string; readonly path?: string | undefined } & (
  | { readonly from: 'repository'; readonly repository: string; readonly commit: string }
  /** A plain folder, absolute. Git is never run in it: its settings could name commands. */
  | { readonly from: 'folder'; readonly folder: string }
);

export type Staged =
  | {
      readonly status: 'staged';
      readonly files: number;
      readonly bytes: number;
      /** A SHA-256 of all names, execute bits and contents. */
      readonly digest: string;
    }
  | { readonly status: 'nothing' | 'refused' | 'broken'; readonly reason: string };

/** What git is called with. */
export interface StagingTools {
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly signal: AbortSignal;
}

/**
 * Writes the lab's folder of a student's work into an empty folder: plain files and folders, and
 * nothing else. All of it is looked at before the first file is written, and nothing of it runs.
 *
 * @param into is empty, or made; it is empty again afterwards unless the work was staged
 * @throws the signal's reason
 */
export async function stageWork(work: Work, into: string, tools: StagingTools): Promise<Staged> {
  mkdirSync(into, { recursive: true });
  if (readdirSync(into).length > 0) throw new Error(`${into} is not empty`);
  try {
    const staged = await stage(openSource(work, tools), work, into);
    if (staged.status !== 'staged') empty(into);
    return staged;
  } catch (error) {
    empty(into);
    tools.signal.throwIfAborted();
    if (error instanceof WorkRefused) return { status: 'refused', reason: error.message };
    const reason = error instanceof MachineFault ? error.message : OF_SYSTEM.get(errorCode(error));
    if (reason === undefined) throw error;
    return { status: 'broken', reason };
  }
}

const OF_SYSTEM = new Map([
  ['ENOENT', 'the folder, or a file in it, is not there'],
  ['EACCES', 'a file in it may not be read'],
  ['EPERM', 'a file in it may not be read'],
  ['ELOOP', 'a file in it became a link while it was read; grade again'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your quota is used up'],
  ['EROFS', 'the disk is read-only'],
]);

/** Two kinds of work, told apart once. */
interface Source {
  readonly look: (path: string) => Promise<Place>;
  /** Lists the files of a folder, and gives a way to read them all, in that order. */
  readonly list: (path: string) => Promise<{
    readonly files: readonly Omit<WorkFile<unknown>, 'source'>[];
    readonly read: (take: Take) => Promise<void>;
  }>;
}

type Take = (file: Omit<WorkFile<unknown>, 'source'>, bytes: Bytes) => Promise<void>;

function openSource(work: Work, { environment, signal }: StagingTools): Source {
  if (work.from === 'folder') {
    return {
      look: (path) => lookInFolder(work.folder, path),
      list: async (path) => {
        const files = await listFolder(join(work.folder, path), signal);
        const read = async (take: Take): Promise<void> => {
          for (const file of files) {
            signal.throwIfAborted();
            await take(file, readFolderFile(file));
          }
        };
        return { files, read };
      },
    };
  }
  const call = { environment, signal, repository: work.repository, commit: work.commit };
  return {
    look: (path) => lookInTree(call, path),
    list: async (path) => {
      const files = await listTree(call, path);
      return { files, read: (take) => readBlobs(call, files, take) };
    },
  };
}

async function stage(source: Source, { lab, path }: Work, into: string): Promise<Staged> {
  const found = await findLab(lab, path, source.look);
  if (found.status !== 'found') return found;
  const { files, read } = await source.list(found.path);
  if (files.length === 0) return { status: 'nothing', reason: 'it holds no files' };
  const digest = createHash('sha256');
  const made = new Set([into]);
  await read(async (file, bytes) => {
    digest.update(`${file.executable ? 'x' : '-'} ${String(file.size)} ${file.path}\0`);
    const target = join(into, file.path);
    makeFolder(dirname(target), made);
    await write(target, { bytes, digest, mode: file.executable ? 0o755 : 0o644 });
  });
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return { status: 'staged', files: files.length, bytes, digest: digest.digest('hex') };
}

/** Readable to all, whatever the user's own settings are: another uid runs what is staged. */
function makeFolder(folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  made.add(folder);
}

async function write(
  target: string,
  { bytes, digest, mode }: { readonly bytes: Bytes; readonly digest: Hash; readonly mode: number },
): Promise<void> {
  // Nothing stands there: `wx` makes sure of it.
  const file = await open(target, 'wx', mode);
  try {
    for await (const chunk of bytes) {
      digest.update(chunk);
      await file.writeFile(chunk);
    }
    await file.chmod(mode);
  } finally {
    await file.close();
  }
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}
