import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programContainer, type ContainerKit } from './container-options.ts';
import type { StartOrder } from './order/order.ts';
import type { StartedProgram } from './order/serve-orders.ts';
import { PIPES } from './pipes.ts';
import type { Docker } from './run-docker.ts';

export interface StartProgramOptions {
  readonly docker: Docker;
  readonly kit: ContainerKit;
  /** The name of the container whose network it joins. */
  readonly worker: string;
  /** Folders, which are not there yet: what a worker sees, and what it does not. */
  readonly pipes: string;
  readonly kept: string;
}

/** Starts a program in a container. @throws MachineFault where docker does not */
export async function startProgram(
  order: StartOrder,
  { docker, kit, worker, pipes, kept }: StartProgramOptions,
): Promise<StartedProgram> {
  let id = '';
  const remove = async (isGone: boolean): Promise<void> => {
    for (const folder of [pipes, kept]) rmSync(folder, { recursive: true, force: true });
    if (!isGone && id !== '') await docker(['rm', '--force', '--volumes', id]);
  };
  try {
    await makePipes(pipes, kit);
    mkdirSync(kept);
    // Not bound from the copy, in which a program may have put a link where its source was.
    const fixed = order.fixed.map(({ base64 }, index) => {
      const file = join(kept, String(index));
      writeFileSync(file, Buffer.from(base64, 'base64'));
      chmodSync(file, 0o755);
      giveTo(kit, file);
      return file;
    });
    const files = { pipes, fixed };
    id = (await docker(programContainer(kit, order, { worker, files }))).trim();
    const pid = await docker(['inspect', '--format', '{{.State.Pid}}', id]);
    return { pid: Number(pid), pipes, remove };
  } catch (error) {
    // What cannot be removed now is removed with the run; this is the fault to be told.
    await remove(false).catch(() => undefined);
    throw error;
  }
}

async function makePipes(folder: string, kit: ContainerKit): Promise<void> {
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  const paths = PIPES.map((name) => join(folder, name));
  const { execa } = await import('execa');
  await execa('mkfifo', ['--mode=600', ...paths]);
  for (const path of paths) giveTo(kit, path);
}

/** Only root works for somebody else. */
function giveTo({ uid, gid }: ContainerKit, path: string): void {
  if (process.getuid?.() !== uid) chownSync(path, uid, gid);
}
