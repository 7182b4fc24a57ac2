import { existsSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import { LEFT_OUT } from '../../cell/submission-limits.ts';
import { errorCode, UsageError } from '../../model/errors.ts';

/** Tells that files have changed, once they are left alone. */
export interface FileChanges {
  /**
   * Waits until files have changed since it was last asked, or until so many milliseconds are over.
   *
   * @returns the paths of those that are known to have changed
   */
  readonly next: (withinMs?: number) => Promise<readonly string[]>;
  /** Calls back at each change from now on, with what `next` gives. @returns ends that */
  readonly listen: (listener: Listener) => () => void;
  readonly close: () => Promise<void>;
}

type Listener = (paths: readonly string[]) => void;

export interface WatchOptions {
  /** Absolute; one that goes away is waited for. */
  readonly folders: readonly string[];
  /** Look at the files now and then: some file systems tell nothing of themselves. */
  readonly poll: boolean;
  /** Told of what keeps it from watching. */
  readonly onFault: (error: Error) => void;
}

/** An editor writes a file in several steps; after so long without one, in milliseconds, it has ended. */
const SETTLE_MS = 20;
/** Files that never come to rest are told of all the same, after so long. */
const RESTLESS_MS = 500;
const POLL_MS = 100;
/** How often a folder that has gone is looked for. */
const RETURN_MS = 100;

/** Watches folders. Settles when all that is in them is watched. */
export async function watchFiles({ folders, poll, onFault }: WatchOptions): Promise<FileChanges> {
  const { note, next, listen, stop } = gatherChanges();
  const watchers = new Map<string, FSWatcher>();
  let isClosed = false;
  const open = async (folder: string): Promise<void> => {
    const watcher = watch(folder, {
      ignoreInitial: true,
      ignored: (path) => isLeftOut(relative(folder, path)),
      usePolling: poll,
      interval: POLL_MS,
      binaryInterval: POLL_MS,
    });
    watchers.set(folder, watcher);
    watcher.on('all', (event, path) => {
      if (event === 'unlinkDir' && path === folder) void reopen(folder);
      note(event.endsWith('Dir') ? undefined : path);
    });
    // Of two changes within 50 ms the other event tells one; the second may be the one that counts.
    watcher.on('raw', () => {
      note();
    });
    watcher.on('error', (error) => {
      onFault(explain(error));
    });
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
  };
  const reopen = async (folder: string): Promise<void> => {
    await watchers.get(folder)?.close();
    while (!existsSync(folder)) {
      if (isClosed) return;
      await new Promise((resolve) => setTimeout(resolve, RETURN_MS));
    }
    await open(folder);
    if (isClosed) await watchers.get(folder)?.close();
    note();
  };
  await Promise.all(folders.map(open));
  return {
    next,
    listen,
    close: async () => {
      isClosed = true;
      stop();
      await Promise.all([...watchers.values()].map((watcher) => watcher.close()));
    },
  };
}

interface GatheredChanges extends Omit<FileChanges, 'close'> {
  /** Notes that something has changed. @param path where it is known to be */
  readonly note: (path?: string) => void;
  /** Tells of nothing any more. */
  readonly stop: () => void;
}

/** Gathers changes until the files are left alone, and tells of them then. */
function gatherChanges(): GatheredChanges {
  const listeners = new Set<Listener>();
  const [latest, unread] = [new Set<string>(), new Set<string>()];
  let hasStopped = false;
  let isNews = false;
  let settling: NodeJS.Timeout | undefined;
  let restlessSince: number | undefined;
  const settle = (): void => {
    isNews = true;
    restlessSince = undefined;
    const paths = [...latest];
    latest.clear();
    for (const path of paths) unread.add(path);
    for (const listener of [...listeners]) listener(paths);
  };
  return {
    note: (path) => {
      if (path !== undefined) latest.add(path);
      clearTimeout(settling);
      if (hasStopped) return;
      restlessSince ??= performance.now();
      const left = restlessSince + RESTLESS_MS - performance.now();
      settling = setTimeout(settle, Math.max(0, Math.min(SETTLE_MS, left)));
    },
    next: async (withinMs) => {
      if (!isNews) await untilCalled(listeners, withinMs);
      isNews = false;
      const paths = [...unread];
      unread.clear();
      return paths;
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      hasStopped = true;
      clearTimeout(settling);
    },
  };
}

async function untilCalled(listeners: Set<Listener>, withinMs?: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let wake = (): void => undefined;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  listeners.add(wake);
  if (withinMs !== undefined) timer = setTimeout(wake, withinMs);
  await woken;
  clearTimeout(timer);
  listeners.delete(wake);
}

function isLeftOut(path: string): boolean {
  return (
    path.split(sep).some((name) => LEFT_OUT.has(name)) || /(?:~|\.sw[a-z])$/.test(basename(path))
  );
}

function explain(error: unknown): Error {
  if (['ENOSPC', 'EMFILE'].includes(errorCode(error))) {
    return new UsageError('this system watches no more files; add --poll to look at them instead.');
  }
  return error instanceof Error ? error : new Error(String(error));
}
