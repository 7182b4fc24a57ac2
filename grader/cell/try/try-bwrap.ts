import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { findCommand } from '../../run/find-command.ts';
import { innerCell, limitUse } from '../bwrap/inner.ts';
import { outerCell } from '../bwrap/outer.ts';
import { buildFilter } from '../seccomp/filter.ts';
import { makeEtc } from '../bwrap/synthetic-etc.ts';
import { listCores } from '../../run/platform/list-cores.ts';
import { readOrEmpty } from '../../run/platform/read-proc.ts';
import { ownerOfCells, type CellOptions, type CellTrial } from '../cells.ts';
import { explainFailure, SETTINGS, TOO_OLD } from './explain-failure.ts';

/** Tries whether cells of bubblewrap's work here, for this user, by running a program in a real one. */
export async function tryBwrap(options: CellOptions): Promise<CellTrial> {
  const lacking = await findLacking(options.environment);
  if (lacking !== undefined) return { works: false, reason: lacking };
  const folder = mkdtempSync(join(options.temporary, 'wiregrade-try-'));
  try {
    chmodSync(folder, 0o755);
    const etc = join(folder, 'etc');
    makeEtc(etc);
    const filter = join(folder, 'filter');
    writeFileSync(filter, buildFilter(process.arch));
    return await tryIn({ etc, filter }, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const TOOLS = ['prlimit', 'setpriv', 'taskset', 'sh'];

async function findLacking(environment: CellOptions['environment']): Promise<string | undefined> {
  if (process.platform !== 'linux')
    return 'bubblewrap works on Linux alone; choose another --sandbox.';
  if (!['x64', 'arm64'].includes(process.arch)) {
    return `cells are made for x64 and arm64, and this machine is ${process.arch}; choose another --sandbox.`;
  }
  const bwrap = findCommand('bwrap', environment);
  if (bwrap === undefined) {
    return 'bubblewrap is not installed; run: sudo apt install bubblewrap (or dnf, pacman, zypper).';
  }
  const tool = TOOLS.find((name) => findCommand(name, environment) === undefined);
  if (tool !== undefined) return `${tool} is not installed; run: sudo apt install util-linux.`;
  const { execa } = await import('execa');
  const { stdout } = await execa(bwrap, ['--version'], { reject: false, timeout: 5000 });
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  const isNewEnough = Number(major) > 0 || Number(minor) >= 8;
  return isNewEnough ? undefined : `${TOO_OLD} (this is ${major}.${minor}).`;
}

/** How the attempt says that the grader cannot be read. */
const UNREADABLE = 77;
const FILTER = 3;

async function tryIn(
  { etc, filter }: { readonly etc: string; readonly filter: string },
  { environment, project }: CellOptions,
): Promise<CellTrial> {
  const uid = ownerOfCells(0);
  const inner = innerCell({ etc, cwd: '/tmp', writes: [], fixed: [], reads: [], environment: {} });
  const [command, ...args] = outerCell({
    rooms: 1,
    sees: [etc, project],
    environment: { PATH: environment.PATH ?? '' },
    cores: listCores(),
    command: [
      ...['sh', '-c', `test -r "$0/package.json" || exit ${UNREADABLE}; exec "$@"`, project],
      ...['bwrap', '--seccomp', String(FILTER), ...inner, ...limitUse(['true'])],
    ],
  });
  const fd = openSync(filter, 'r');
  const attempt = spawn(command, args, {
    cwd: '/',
    env: { PATH: environment.PATH ?? '' },
    stdio: ['ignore', 'ignore', 'pipe', fd],
    timeout: 10_000,
    killSignal: 'SIGKILL',
    ...(uid !== undefined && { uid, gid: uid }),
  });
  closeSync(fd);
  const ended: Promise<readonly unknown[]> = once(attempt, 'exit');
  const words = await text(attempt.stderr ?? Readable.from([]));
  const [code] = await ended;
  if (code === 0) return { works: true };
  if (code === UNREADABLE || (words.includes('Permission denied') && words.includes(project))) {
    const who = uid === undefined ? 'you' : `user ${String(uid)}, who runs the cells,`;
    const reason = `${who} cannot read ${project}; move it to where everyone may read, such as /opt, or do not run this as root.`;
    return { works: false, reason };
  }
  return { works: false, reason: explainFailure({ words, settings: readSettings() }) };
}

function readSettings(): ReadonlyMap<string, string> {
  const values = SETTINGS.map(({ name }): [string, string] => [
    name,
    readOrEmpty(`/proc/sys/${name.replaceAll('.', '/')}`).trim(),
  ]);
  return new Map(values);
}
