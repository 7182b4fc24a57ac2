import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { errorCode, UsageError } from '../../model/errors.ts';
import { choosePlatform } from '../../run/platform/choose.ts';
import { gitEnvironment } from './git-environment.ts';
import { showToken, type ServerToken } from './server-token.ts';

export interface GitCall {
  /** What follows the hardening flags. */
  readonly args: readonly string[];
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Ends git and all that it started. */
  readonly signal: AbortSignal;
  /** Whether it may read a repository on this machine. */
  readonly local?: boolean;
  /** Shown to the server that it is for, should it ask. */
  readonly token?: ServerToken | undefined;
  /** Speaks with git while it runs; without it, what git prints is kept. */
  readonly converse?: (git: { stdin: Writable; stdout: Readable }) => Promise<void>;
}

export interface GitEnd {
  readonly code: number;
  readonly stdout: string;
  /** The last of it. */
  readonly stderr: string;
}

/** Kept of what git prints: what is asked for is a line or two. */
const MOST_PRINTED = 64 * 1024;

/**
 * Runs git, so that nothing of a stranger's repository runs: no hooks, no filters, no file-system
 * monitor, no submodules, no protocols but https and, where it is asked for, local files.
 *
 * @throws the signal's reason when it ended git; UsageError where there is no git
 */
export async function runGit(call: GitCall): Promise<GitEnd> {
  const { args, environment, signal, local = false, token, converse } = call;
  signal.throwIfAborted();
  const child = spawn('git', [...hardening(local), ...args], {
    env: { ...gitEnvironment(environment), ...(token && showToken(token)) },
    // A group of its own, so that the helpers that git starts can be ended with it.
    detached: true,
    stdio: 'pipe',
    windowsHide: true,
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(explain(error)));
    child.once('close', (code) => resolve(code ?? -1));
  });
  const { pid = 0, stdin, stdout } = child;
  const kill = (): void => {
    if (pid > 0) void choosePlatform(process.platform).signal(pid, 'SIGKILL');
    stdout.destroy(); // what nobody reads any more would keep it from closing
  };
  signal.addEventListener('abort', kill, { once: true });
  stdin.on('error', () => undefined); // git may leave before it has read all
  const stderr = keepLast(child.stderr);
  try {
    const printed = converse ? undefined : keepLast(stdout);
    const talk = converse?.({ stdin, stdout }).catch((error: unknown) => {
      kill();
      throw error;
    });
    if (!converse) stdin.end();
    const [talked, end] = await Promise.allSettled([talk, ended]);
    signal.throwIfAborted();
    if (end.status === 'rejected') throw end.reason;
    if (talked.status === 'rejected') throw talked.reason;
    return { code: end.value, stdout: printed?.() ?? '', stderr: stderr() };
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

function hardening(local: boolean): string[] {
  const settings = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.symlinks=false',
    'submodule.recurse=false',
    'protocol.allow=never',
    'protocol.https.allow=always',
    ...(local ? ['protocol.file.allow=always'] : []),
    'transfer.fsckObjects=true',
    // Nothing goes on in the background, and all that is fetched stays in packs, whose checksums
    // tell later whether the cache is whole.
    'gc.auto=0',
    'maintenance.auto=false',
    'fetch.unpackLimit=1',
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

function keepLast(stream: Readable): () => string {
  let kept = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-MOST_PRINTED);
  });
  return () => kept.toString();
}

function explain(error: Error): Error {
  if (errorCode(error) !== 'ENOENT') return error;
  return new UsageError('git is not to be found; install it to grade repositories.', {
    cause: error,
  });
}
