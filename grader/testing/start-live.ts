import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './attacks/until.ts';
import { startCli, type CliOptions } from './cli.ts';

/** A busy machine may take long to make a bundle, or to start a program. */
const PATIENCE_MS = 30_000;

/** A command that goes on until Ctrl-C. */
export interface TestLive {
  /** What has been printed so far. */
  readonly text: () => string;
  /** Waits until this has been printed, after what was waited for before. @returns what matched */
  readonly shows: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Presses Ctrl-C. @returns what is left: files in its folder for temporary ones */
  readonly stop: () => Promise<{ readonly exitCode: number | undefined; readonly left: string[] }>;
}

/** Starts a command. Who starts it stops it. */
export function startLive(args: readonly string[], options: CliOptions = {}): TestLive {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'live-')));
  const command = startCli(args, { ...options, env: { TMPDIR: temporary, ...options.env } });
  let [text, seen, hasEnded] = ['', 0, false];
  command.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
  command.stderr.on('data', (piece: Buffer) => (text += piece.toString()));
  void command.then(() => (hasEnded = true));
  return {
    text: () => text,
    shows: async (pattern) => {
      const find = (): RegExpExecArray | null => pattern.exec(text.slice(seen));
      await until(() => {
        if (hasEnded && !find()) throw new Error(`it ended: ${text}`);
        return find() !== null;
      }, PATIENCE_MS).catch((error: unknown) => {
        throw new Error(`${String(pattern)} did not come after ${text.slice(seen)}`, {
          cause: error,
        });
      });
      const found = find();
      if (!found) throw new Error('what was shown is gone');
      seen += found.index + found[0].length;
      return found;
    },
    stop: async () => {
      const before = listDescendants(String(command.pid));
      command.kill('SIGINT');
      const { exitCode } = await command;
      // The last of them, which watched over the others, is told to end and not waited for.
      await until(() => !before.some(isAlive));
      const left = readdirSync(temporary);
      rmSync(temporary, { recursive: true });
      return { exitCode, left };
    },
  };
}

/** Saves a file as many editors do: beside it, and then in its place. */
export function saveBeside(path: string, content: string): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

/** A process, and all that it has started. */
export function listDescendants(pid: string): string[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const below = (parent: string): string[] =>
    rows.flatMap(([child, of]) => (of === parent && child ? [child, ...below(child)] : []));
  return [pid, ...below(pid)];
}

/** Whether a process runs: one that has ended may still be listed. */
export function isAlive(pid: string): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
    return !state.startsWith('Z');
  } catch {
    return false; // ps says so by its exit code
  }
}
