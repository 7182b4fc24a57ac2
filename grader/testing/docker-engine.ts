import { execa } from 'execa';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellOptions } from '../cell/cells.ts';
import { PROJECT } from '../course/project.ts';
import { until } from './attacks/until.ts';
import { dropRoot, ENVIRONMENT, isInstalled } from './cli.ts';
import { importImage } from './docker-image.ts';

/** An engine of docker's for tests, with an image to make cells of. Who opens it closes it. */
export interface DockerEngine {
  /** By which docker's client, and the grader, find it. */
  readonly env: Readonly<Record<string, string>>;
  readonly cells: CellOptions;
  /** Runs docker's client, and gives what it printed. */
  readonly docker: (...args: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Why there can be no engine here; undefined where there can. */
export async function whatDockerLacks(): Promise<string | undefined> {
  const missing = ['docker', 'python3', 'tar'].filter((command) => !isInstalled(command));
  if (missing.length > 0) return `there is no ${missing.join(', no ')}`;
  if (await answers({})) return undefined;
  if (dropRoot()?.length === 0) return 'no engine of docker answers, and only root can start one';
  const parts = ['dockerd', 'containerd', 'runc'].filter((command) => !isInstalled(command));
  return parts.length === 0
    ? undefined
    : `no engine answers, and there is no ${parts.join(', no ')}`;
}

/** Opens the engine that there is, or one that goes with the test. */
export async function openDockerEngine(): Promise<DockerEngine> {
  const own = (await answers({})) ? undefined : await startEngine();
  const env = own?.env ?? {};
  const docker = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await execa('docker', args, { env, stdin: 'ignore' });
    return stdout;
  };
  const image = 'wiregrade-test/cell';
  await importImage(image, env);
  return {
    env,
    cells: {
      kind: 'docker',
      image,
      project: PROJECT,
      temporary: tmpdir(),
      environment: { ...ENVIRONMENT, ...env },
    },
    docker,
    close: async () => {
      await docker('image', 'rm', '--force', image);
      await own?.stop();
    },
  };
}

interface OwnEngine {
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Its containers need no network, so it leaves that of the machine alone. */
async function startEngine(): Promise<OwnEngine> {
  // Short: sockets lie below it.
  const folder = mkdtempSync(join(tmpdir(), 'dkr-'));
  const at = (name: string): string => join(folder, name);
  mkdirSync(at('exec'));
  const env = { DOCKER_HOST: `unix://${at('sock')}` };
  // Should the test be killed, it goes as well.
  const engine = spawn(
    'setpriv',
    [
      ...['--pdeathsig', 'TERM', 'dockerd', '--host', env.DOCKER_HOST, '--bridge=none'],
      ...['--iptables=false', '--ip6tables=false', '--pidfile', at('pid')],
      ...['--data-root', at('data'), '--exec-root', at('exec')],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: ENVIRONMENT },
  );
  const words = keepLastWords(engine);
  const ended = once(engine, 'exit');
  const stop = async (): Promise<void> => {
    engine.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(async () => {
      if (engine.exitCode !== null) throw new Error(`no engine could be started: ${words()}`);
      return answers(env);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, stop };
}

function keepLastWords({ stderr }: ChildProcess): () => string {
  let words = '';
  stderr?.on('data', (piece: Buffer) => (words = `${words}${piece.toString()}`.slice(-2000)));
  return () => words;
}

async function answers(env: Readonly<Record<string, string>>): Promise<boolean> {
  const { failed } = await execa('docker', ['version'], { env, stdin: 'ignore', reject: false });
  return !failed;
}
