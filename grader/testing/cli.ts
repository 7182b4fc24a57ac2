import { execa } from 'execa';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import type { LabResult, Outcome } from '../model/result.ts';
import { parseResult } from './result-parser.ts';

/** What a run of the command line left behind. */
export interface CliRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Added to the environment of the tests; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder of the course whose grader is started, if not of this one. */
  readonly project?: string;
  /** A command, and its arguments, that the grader is started by, such as `setpriv`. */
  readonly behind?: readonly string[];
}

/** Runs the grader as its users do, in a process of its own, and waits until it has ended. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { exitCode, stdout, stderr } = await startCli(args, options);
  return { exitCode, stdout, stderr };
}

/** Starts the grader and gives the process, to be signalled or watched. */
export function startCli(args: readonly string[], options: CliOptions = {}) {
  const { cwd, env, behind = [], project = PROJECT } = options;
  const command = [...behind, process.execPath, join(project, 'grader/launch.mjs'), ...args];
  return execa(command[0] ?? '', command.slice(1), {
    reject: false,
    stdin: 'ignore',
    ...(cwd !== undefined && { cwd }),
    // Tests leave no history behind in the project.
    env: { NO_COLOR: '1', CI: 'true', npm_lifecycle_event: 'grade', ...env },
  });
}

/** A result as `--format json` gave it. */
export interface JsonRun {
  readonly result: LabResult;
  /** The checks that ended so, each with its diagnosis's code: `http_serve2/body: truncated`. */
  readonly outcomesOf: (status: Outcome['status']) => string[];
}

/** Runs `grade` with `--format json`, and reads the result from its stdout. */
export async function gradeJson(
  args: readonly string[],
  options: CliOptions = {},
): Promise<JsonRun> {
  const { stdout, stderr } = await runCli(['grade', ...args, '--format', 'json'], options);
  if (!stdout.startsWith('{')) throw new Error(`no result came: ${stdout}${stderr}`);
  const result = parseResult(stdout);
  const checks = result.stages.flatMap((stage) => stage.checks);
  return {
    result,
    outcomesOf: (status) =>
      checks
        .filter(({ outcome }) => outcome.status === status)
        .map(({ id, outcome }) =>
          outcome.status === 'failed' ? `${id}: ${outcome.diagnosis.code}` : id,
        ),
  };
}

/** Whether a command is found on the PATH. */
export function isInstalled(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The environment of the tests, as the grader is given one. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = process.env;

/** A command that runs another as somebody who may not read everything; undefined if there is none. */
export function dropRoot(): string[] | undefined {
  if (process.getuid?.() !== 0) return [];
  return isInstalled('setpriv')
    ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
    : undefined;
}
