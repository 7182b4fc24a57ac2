import { execaSync } from 'execa';
import { isInstalled, type CliOptions } from './cli.ts';

/** Whether an ordinary user may mount something, in a namespace that ends with the command. */
export const mountable =
  isInstalled('unshare') &&
  execaSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { reject: false })
    .exitCode === 0;

/** Runs the grader where shell commands have mounted something first. */
export function behindMounts(...mounts: readonly string[]): CliOptions {
  return behindScript(`${mounts.map((mount) => `mount ${mount} &&`).join(' ')} exec "$@"`);
}

/** Runs the grader by a shell script that may mount; the grader's command is its arguments. */
export function behindScript(script: string): CliOptions {
  return { behind: ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script, 'sh'] };
}
