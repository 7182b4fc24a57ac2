import type { Confine, Hold } from './confine.ts';
import { MARK } from './environment.ts';
import type { Exit } from './exit.ts';

/** Lets a program run as this user may: it leads a process group, and its mark tells its family. */
export const unconfined: Confine = ({ command, cwd, env }, platform) => ({
  command,
  cwd,
  env,
  descriptors: [],
  release: () => undefined,
  hold: (started) => {
    const { pid } = started;
    const isGone = (): boolean => started.exitCode !== null || started.signalCode !== null;
    const ended = new Promise<Exit>((resolve) => {
      started.once('exit', (code, signal) => {
        resolve(signal ? { kind: 'signal', signal } : { kind: 'code', code: code ?? 0 });
      });
    });
    const leader = (): number => (isGone() ? 0 : pid);
    const hold: Hold = {
      leader,
      family: () => platform.findFamily({ leader: leader(), mark: env[MARK] ?? '' }),
      ended,
      signal: (signal) => platform.signal(pid, signal),
      kill: async () => {
        // Once it is gone, nothing is sent to its number any more: the system may have given it to
        // a stranger.
        while (!isGone()) {
          await platform.signal(pid, 'SIGKILL');
          // Once killed, a process is gone within moments: there is nothing to wait for but that.
          await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2))]);
        }
      },
    };
    return Promise.resolve(hold);
  },
});
