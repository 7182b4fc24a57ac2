import type { Platform } from './platform/platform.ts';
import { waitUntilReady } from './ready.ts';
import { serverAt, type RunningServer } from './start.ts';

/**
 * Looks whether a program has left the socket that it was first seen to listen on: some try their port
 * first, by listening there for a moment. Where it has, this waits until it listens again.
 *
 * @returns undefined where it still listens as before, or the system does not tell
 */
export async function rejoin(
  server: RunningServer,
  { platform, withinMs }: { readonly platform: Platform; readonly withinMs: number },
): Promise<RunningServer | undefined> {
  const { child, askedPort: port, listener } = server;
  if (listener.inode === undefined) return undefined;
  const listeners = await platform.findListeners(await child.family(), port);
  if (listeners.some((each) => each.inode === listener.inode)) return undefined;
  const ready = await waitUntilReady(child, { port, withinMs, platform });
  if (ready.state !== 'listening') return undefined;
  return serverAt(ready.listener, child, port);
}
