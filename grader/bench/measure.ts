import { execa } from 'execa';
import { readMachineCpu } from './machine-cpu.ts';
import { PROJECT } from '../course/project.ts';

/** What one run of a command cost. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time of the command and of all its descendants that were waited for. */
  readonly cpuMs: number;
  /**
   * What the machine's processors did meanwhile: of whatever else was at work too, but nothing that
   * the command started is missing, however it ended. Undefined where the system does not tell.
   */
  readonly machineMs: number | undefined;
  /** The peak memory that the command printed of itself, in megabytes. */
  readonly memoryMb: number | undefined;
  /** From a save to its verdict, where the command printed it; else the same as `wallMs`. */
  readonly verdictMs: number;
}

/**
 * Node cannot tell what its children cost, but a shell can: `time` takes the difference of
 * getrusage(RUSAGE_CHILDREN), and begins to count when the shell itself has started. A descendant
 * that outlives its parent is not counted; of the grader's, that is the end of its guardian.
 */
const TIMED = `TIMEFORMAT='%3R %3U %3S'; time "$@" 2>&1`;

/**
 * Runs a command in the project's folder and tells what it cost.
 *
 * @param environment the whole of it: a variable such as NODE_EXTRA_CA_CERTS slows every Node
 * @throws Error where it exits with anything but 0
 */
export async function measure(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Cost> {
  const before = readMachineCpu();
  const { exitCode, stdout, stderr } = await execa('bash', ['-c', TIMED, 'bash', ...command], {
    cwd: PROJECT,
    env: environment,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  });
  if (exitCode !== 0) {
    throw new Error(`${command.join(' ')} exited with ${String(exitCode)}:\n${stdout}\n${stderr}`);
  }
  const after = readMachineCpu();
  const [wall, user, system] = stderr.trim().split(' ').map(Number);
  if (wall === undefined || user === undefined || system === undefined) {
    throw new Error(`bash told no times of ${command.join(' ')}: ${stderr}`);
  }
  const peak = /^peak memory (\d+) kB$/m.exec(stdout)?.[1];
  const verdict = /^save to verdict ([\d.]+) ms$/m.exec(stdout)?.[1];
  return {
    verdictMs: verdict === undefined ? 1000 * wall : Number(verdict),
    wallMs: 1000 * wall,
    cpuMs: 1000 * (user + system),
    machineMs: before === undefined || after === undefined ? undefined : after - before,
    memoryMb: peak === undefined ? undefined : Number(peak) / 1024,
  };
}
