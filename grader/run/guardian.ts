import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Watches over a grading from a process of its own, and outlives the grader. */
export interface Guardian {
  /** Tells the guardian that the grader has cleaned up by itself. */
  readonly dismiss: () => void;
}

/**
 * Starts a guardian. Should the grader be killed, even with SIGKILL, its end of the pipe closes, and
 * the guardian ends every process that carries the mark and removes the folder.
 *
 * @param mark the word that all of this grading's processes carry in their environment
 * @param folder the folder of this grading's copies
 */
export function startGuardian(mark: string, folder: string): Guardian {
  const [command, ...args] =
    process.platform === 'win32'
      ? [process.execPath, fileURLToPath(new URL('./guardian.mjs', import.meta.url))]
      : ['/bin/sh', fileURLToPath(new URL('./guardian.sh', import.meta.url))];
  const guardian = spawn(command, args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
    windowsHide: true,
  });
  guardian.on('error', () => undefined);
  guardian.stdin.on('error', () => undefined);
  // By stdin and not by arguments: a mark on its command line would make it find itself.
  guardian.stdin.write(`${mark}\n${folder}\n`);
  guardian.unref();
  return {
    dismiss: () => {
      guardian.stdin.end('done\n');
    },
  };
}
