import { execa } from 'execa';
import type { Step } from './workflow-file-parser.ts';

/** Runs the scripts of steps as GitHub's runner does. @returns what they printed */
export async function runSteps(
  steps: readonly Step[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const printed: string[] = [];
  for (const { run = '' } of steps) {
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run];
    printed.push((await execa('bash', bash, { cwd, env })).stdout);
  }
  return printed.join('\n');
}
