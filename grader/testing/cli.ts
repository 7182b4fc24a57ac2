import { execa } from 'execa';
import { join } from 'node:path';
import { PROJECT } from '../course/project.ts';

/** What a run of the command line left behind. */
export interface CliRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the grader as its users do, in a process of its own, and waits until it has ended. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { exitCode, stdout, stderr } = await startCli(args, options);
  return { exitCode, stdout, stderr };
}

/** Starts the grader and gives the process, to be signalled or watched. */
export function startCli(args: readonly string[], { cwd, env }: CliOptions = {}) {
  return execa(process.execPath, [join(PROJECT, 'grader/launch.mjs'), ...args], {
    reject: false,
    stdin: 'ignore',
    ...(cwd !== undefined && { cwd }),
    env: { NO_COLOR: '1', npm_lifecycle_event: 'grade', ...env },
  });
}
