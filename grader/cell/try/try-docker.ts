import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findCommand } from '../../run/find-command.ts';
import type { CellOptions, CellTrial } from '../cells.ts';
import { listCores } from '../../run/platform/list-cores.ts';
import { openDockerCells } from '../docker/open-docker-cells.ts';
import { DockerFault, dockerOf, type Docker } from '../docker/run-docker.ts';
import {
  explainEndpoint,
  explainEngine,
  explainMissingImage,
  explainSilence,
} from './explain-engine.ts';
import { parseEngine } from './parse-engine.ts';

/** Tries whether docker's containers can be cells here, by running a program in a real one. */
export async function tryDocker(options: CellOptions): Promise<CellTrial> {
  const reason = (await findLacking(options)) ?? (await findBroken(options));
  return reason === undefined ? { works: true } : { works: false, reason };
}

async function findLacking(options: CellOptions): Promise<string | undefined> {
  const { environment, image, project } = options;
  if (process.platform !== 'linux') {
    return 'cells of docker are made on Linux alone; choose another --sandbox.';
  }
  if (!['x64', 'arm64'].includes(process.arch)) {
    return `cells are made for x64 and arm64, and this machine is ${process.arch}; choose another --sandbox.`;
  }
  if (findCommand('docker', environment) === undefined) {
    return 'docker is not installed; run: sudo apt install docker.io (or dnf, pacman, zypper).';
  }
  const docker = dockerOf(environment);
  const endpoint = (await ask(docker, ENDPOINT)).words.trim();
  const elsewhere = explainEndpoint(endpoint);
  if (elsewhere !== undefined) return elsewhere;
  // By `version`: what `info` exits with does not tell whether there is an engine.
  const version = await ask(docker, ['version', '--format', '{{.Server.Version}}']);
  if (!version.answered) return explainSilence(version.words, endpoint);
  const engine = parseEngine(await docker(['info', '--format', '{{json .}}']));
  const unfit = explainEngine(engine, endpoint);
  if (unfit !== undefined) return unfit;
  const { answered } = await ask(docker, ['image', 'inspect', '--format', '{{.Id}}', image]);
  return answered
    ? undefined
    : explainMissingImage(image, join(project, 'grader/cell/docker/image'));
}

const ENDPOINT = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];

async function ask(
  docker: Docker,
  args: readonly string[],
): Promise<{ readonly answered: boolean; readonly words: string }> {
  try {
    return { answered: true, words: await docker(args) };
  } catch (error) {
    if (!(error instanceof DockerFault)) throw error;
    return { answered: false, words: error.words };
  }
}

/** Runs a program in a container within that of a worker, as a grading does. */
async function findBroken(options: CellOptions): Promise<string | undefined> {
  const cells = await openDockerCells(options);
  try {
    const script = join(options.project, 'grader/cell/try/try-in-container.mjs');
    const start = await cells.prepare(
      { script: [script], runtimes: [], typed: [], sees: [], rooms: 1, cores: listCores() },
      0,
    );
    const worker = start();
    worker.stdin?.end();
    const exited: Promise<readonly unknown[]> = once(worker, 'exit');
    const [said, complained, [code]] = await Promise.all([
      worker.stdout ? text(worker.stdout) : '',
      worker.stderr ? text(worker.stderr) : '',
      exited,
    ]);
    if (code === 0) return undefined;
    const words = `${said}${complained}`.trim().split('\n').at(-1) ?? '';
    if (complained.includes('Cannot find module') || complained.includes('bind source path')) {
      return `containers of ${options.image} do not see ${options.project}; docker's engine may be in a machine of its own, or the folder may not be for everyone to read, and must be moved to where it is, such as /opt.`;
    }
    return `a container of ${options.image} is of no use as a cell (it says: ${words}); build the image anew, or choose another --sandbox.`;
  } finally {
    await cells.close();
  }
}
