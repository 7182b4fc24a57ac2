import type { Child } from './child.ts';
import { acceptsClients } from './connect-to.ts';
import type { Listener, Platform } from './platform/platform.ts';

/** How the wait for a program to listen ended. */
export type Readiness =
  | { readonly state: 'listening'; readonly listener: Listener }
  | { readonly state: 'exited' }
  | { readonly state: 'never-listened' };

export interface ReadyOptions {
  /** The port the program was told to listen on. */
  readonly port: number;
  readonly withinMs: number;
  readonly platform: Platform;
  /** How long one that opened another port may take to open its own, if not the usual time. */
  readonly otherPortMs?: number;
}

/** How often it is looked whether a program listens, in milliseconds; at once when it begins to print. */
const POLL_MS = 8;
/** How often other systems are asked, which costs them a process each time. */
const SLOW_POLL_MS = 250;
/** How long a program that opened another port may take to open its own as well. */
const OTHER_PORT_MS = 1000;

/**
 * Waits until a program listens, or has ended, or time is up. Where the system tells who listens,
 * no connection is made: it would take the place of the one client that some programs serve.
 */
export async function waitUntilReady(child: Child, options: ReadyOptions): Promise<Readiness> {
  const until = performance.now() + options.withinMs;
  const observe = options.platform.findSockets
    ? watchSockets(child, options)
    : askSystem(child, options);
  const { otherPortMs = OTHER_PORT_MS } = options;
  let otherSince: number | undefined;
  while (performance.now() < until) {
    const listeners = await observe();
    const told = listeners.find(({ port }) => port === options.port);
    if (told) return { state: 'listening', listener: told };
    const [other] = listeners;
    otherSince = other && (otherSince ?? performance.now());
    if (other && otherSince !== undefined && performance.now() - otherSince >= otherPortMs) {
      return { state: 'listening', listener: other };
    }
    // A program may end its first process and go on in another.
    if (child.exit && !(await child.isAlive())) return { state: 'exited' };
    const { stdout } = child;
    await Promise.race([
      pause(POLL_MS),
      ...(child.exit ? [] : [child.exited]),
      ...(stdout.size > 0 ? [] : [stdout.begun]),
    ]);
  }
  return { state: 'never-listened' };
}

/** How often the table is read while a program holds sockets that do not listen. */
const RECHECK_MS = 25;
/** How often processes that a program started itself are looked for. */
const FAMILY_MS = 100;

/**
 * Looks at the sockets that the program holds, which costs next to nothing, and reads the system's
 * table of listeners, which takes milliseconds, only when there is a new one.
 */
function watchSockets(
  child: Child,
  { platform, port }: ReadyOptions,
): () => Promise<readonly Listener[]> {
  let seen = '';
  let readAt = 0;
  let familyAt = performance.now() + FAMILY_MS;
  let others: readonly number[] = [];
  let found: readonly Listener[] = [];
  return async () => {
    const now = performance.now();
    if (now > familyAt) {
      familyAt = now + FAMILY_MS;
      others = await child.family();
    }
    const family = [...new Set([child.pid, ...others])];
    const sockets = family.flatMap((pid) => platform.findSockets?.(pid) ?? []).join(' ');
    if (sockets === '') return [];
    if (sockets === seen && now < readAt + RECHECK_MS) return found;
    seen = sockets;
    readAt = now;
    found = await platform.findListeners(family, port);
    return found;
  };
}

/** Tries the port by connecting; now and then asks the system about other ports. */
function askSystem(child: Child, options: ReadyOptions): () => Promise<readonly Listener[]> {
  let askAt = performance.now() + SLOW_POLL_MS;
  return async () => {
    for (const host of ['127.0.0.1', '::1']) {
      const address = { host, port: options.port };
      if (await acceptsClients(address)) return [address];
    }
    if (performance.now() < askAt) return [];
    askAt = performance.now() + SLOW_POLL_MS;
    return options.platform.findListeners(await child.family(), options.port);
  };
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
