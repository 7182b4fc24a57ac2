import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../run/environment.ts';
import type { Guardian } from '../../run/guardian.ts';

/**
 * Starts a guardian of containers. Should the grader be killed, even with SIGKILL, its end of the pipe
 * closes, and the guardian removes every container and volume of its run.
 */
export function watchContainers(run: string, environment: Environment): Guardian {
  const script = fileURLToPath(new URL('./guardian.sh', import.meta.url));
  const guardian = spawn('/bin/sh', [script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: environment,
  });
  guardian.on('error', () => undefined);
  guardian.stdin.on('error', () => undefined);
  guardian.stdin.write(`${run}\n`);
  guardian.unref();
  return {
    dismiss: () => {
      guardian.stdin.end('done\n');
    },
  };
}
