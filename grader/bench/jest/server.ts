import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import getPort from 'get-port';
import { PROJECT } from '../../course/project.ts';

/** A student's server, and what it has printed so far. */
export interface Server {
  readonly port: number;
  readonly stdout: () => string;
  readonly stop: () => Promise<void>;
}

const TSX = createRequire(join(PROJECT, 'package.json')).resolve('tsx');
const POLL_MS = 20;
const START_MS = 10_000;

/** Starts a TypeScript program on a free port, and waits until it takes connections. */
export async function startServer(folder: string, stage: string): Promise<Server> {
  const port = await getPort();
  const program = join(folder, stage, `${stage}.ts`);
  const child = spawn(
    process.execPath,
    ['--import', pathToFileURL(TSX).href, program, String(port)],
    { env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString();
  });
  await waitForPort(port, child);
  return {
    port,
    stdout: () => printed,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < START_MS; waited += POLL_MS) {
    if (child.exitCode !== null) throw new Error(`the server exited with ${child.exitCode}`);
    if (await accepts(port)) return;
    await pause(POLL_MS);
  }
  throw new Error(`nothing listens on port ${port}`);
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
