import type { ServerFacts } from '../lab/server.ts';
import type { Children } from '../run/children.ts';
import type { RunningServer } from '../run/start.ts';
import type { Recorder } from '../wire/recorder.ts';

/** How long what a program prints may take to arrive. */
const PRINT_MS = 1000;

/** Tells a check what it may know of a program that runs: its address, its port, what it prints. */
export function describeServer(
  running: RunningServer,
  children: Children,
  recorder: Recorder,
): ServerFacts {
  const { child, address, askedPort } = running;
  return {
    address,
    askedPort,
    listensWhereTold: async () => {
      if (address.port === askedPort) return true;
      // It may have opened another port first, and its own by now.
      const family = await child.family();
      const listeners = await children.platform.findListeners(family, askedPort);
      return listeners.some(({ port }) => port === askedPort);
    },
    stdout: {
      watch: (text) => {
        const printed = child.stdout.watch(text);
        return async () => {
          const inTime = await printed(PRINT_MS);
          if (!inTime) recorder.note({ kind: 'deadline', connection: 0, afterMs: PRINT_MS });
          return inTime;
        };
      },
      mark: () => {
        const [out, err] = [child.stdout.size, child.stderr.size];
        return () => ({ stdout: child.stdout.textSince(out), stderr: child.stderr.textSince(err) });
      },
      // A program that holds its prints back writes them when it ends.
      includesAtEnd: async (text) => {
        await children.stop(child);
        return child.stdout.text().includes(text);
      },
    },
  };
}
