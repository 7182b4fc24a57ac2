import type { ChildProcess } from 'node:child_process';

/**
 * Settles when a process has ended, and never rejects.
 *
 * @param event `close` where what it printed is to have been read as well
 * @returns why it could not be started, where that is so
 */
export function whenEnded(
  process: ChildProcess,
  event: 'exit' | 'close' = 'exit',
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    process.once(event, () => {
      resolve(undefined);
    });
    process.on('error', (error) => {
      // One that has a number lives on: it is a signal that did not reach it.
      if (process.pid === undefined) resolve(error);
    });
  });
}
