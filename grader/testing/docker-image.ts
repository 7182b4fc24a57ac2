import { execa } from 'execa';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { PROJECT } from '../course/project.ts';

/** What a cell runs, besides Node and Python. */
const TOOLS = ['sh', 'env', 'cat', 'sleep', 'true', 'grep', 'cut', 'readlink', 'rm', 'chmod'];

/**
 * Makes an image out of this machine's own programs, since a test does not go to the internet: Node,
 * Python, and the few tools that a cell needs, with their libraries.
 */
export async function importImage(
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'image-'));
  try {
    for (const folder of ['tmp', 'proc', 'sys', 'dev', 'etc', 'run', 'usr/bin', 'usr/local/bin']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    // As everywhere: a container's own has the same rights.
    chmodSync(join(root, 'tmp'), 0o1777);
    symlinkSync('usr/bin', join(root, 'bin'));
    const tools = await findTools();
    const python = await findPython();
    await copy(process.execPath, join(root, 'usr/local/bin/node'));
    await copy('/usr/bin/python3', join(root, 'usr/bin/python3'));
    for (const tool of tools) await copy(tool, join(root, 'usr/bin', basename(tool)));
    for (const path of [python, ...(await listLibraries(tools, python))]) {
      await copy(path, join(root, path));
    }
    await pack(root, name, env);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function findTools(): Promise<readonly string[]> {
  const { stdout } = await execa('which', TOOLS, { env: { PATH: '/usr/bin:/bin' } });
  return stdout.split('\n');
}

/** The folder of Python's own modules. */
async function findPython(): Promise<string> {
  const script = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
  const { stdout } = await execa('/usr/bin/python3', ['-I', '-c', script]);
  return stdout;
}

async function listLibraries(tools: readonly string[], python: string): Promise<readonly string[]> {
  const dynamic = [join(python, 'lib-dynload'), join(PROJECT, 'node_modules/@oxc-transform')];
  const modules = dynamic.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:so|node)$/.test(name))
      .map((name) => join(folder, name)),
  );
  const users = [process.execPath, '/usr/bin/python3', ...tools, ...modules];
  const { stdout } = await execa('ldd', users, { reject: false });
  return [
    ...new Set([...stdout.matchAll(/^\s+(?:\S+ => )?(\/\S+) \(/gm)].map(([, path = '']) => path)),
  ];
}

async function copy(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  await execa('cp', ['--recursive', '--dereference', '--no-target-directory', from, to]);
}

async function pack(
  root: string,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const skipped = ['__pycache__', 'test', 'idlelib', 'ensurepip'].map(
    (each) => `--exclude=${each}`,
  );
  const archive = execa(
    'tar',
    ['--create', ...skipped, '--owner=0', '--group=0', '--directory', root, '.'],
    { buffer: false },
  );
  await archive.pipe('docker', ['import', '-', name], { env });
}
