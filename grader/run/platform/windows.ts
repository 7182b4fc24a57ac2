import type { Platform } from './platform.ts';

/** Windows has no signals and no process groups: taskkill ends a whole tree, and at once. */
export const windows: Platform = {
  findFamily: ({ leader }) => Promise.resolve(isAlive(leader) ? [leader] : []),
  findListeners: async (family) => {
    const { pidToPorts } = await import('pid-port');
    const ports = await pidToPorts([...family]);
    return [...ports.values()]
      .flatMap((found) => [...found])
      .map((port) => ({ host: undefined, port }));
  },
  findSockets: undefined,
  readThreads: undefined,
  isTaken: undefined,
  signal: async (leader) => {
    const { execa } = await import('execa');
    await execa('taskkill', ['/pid', String(leader), '/T', '/F'], { reject: false });
  },
};

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false; // there is no such process any more
  }
}
