import type { Environment } from '../../run/environment.ts';
import { MachineFault } from '../../model/errors.ts';

/** Runs docker's own client, and gives what it printed. @throws DockerFault where it fails */
export type Docker = (args: readonly string[]) => Promise<string>;

/** What docker says of a command that it did not carry out. */
export class DockerFault extends MachineFault {
  /** All that it said. */
  readonly words: string;

  constructor(words: string, cause: unknown) {
    super(`docker says: ${words.trim().split('\n')[0] ?? ''}`, { cause });
    this.words = words;
  }
}

/** How long the engine may take over one command; a container is started in a quarter of a second. */
const WITHIN_MS = 60_000;

/** @param environment says where the engine is, as docker's client reads it */
export function dockerOf(environment: Environment): Docker {
  return async (args) => {
    const { execa, ExecaError } = await import('execa');
    try {
      const { stdout } = await execa('docker', args, {
        env: environment,
        extendEnv: false,
        stdin: 'ignore',
        timeout: WITHIN_MS,
      });
      return stdout;
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      throw new DockerFault([error.stderr, error.shortMessage].join('\n'), error);
    }
  };
}
