import { networkInterfaces } from 'node:os';
import { MachineFault } from '../model/errors.ts';
import type { Child } from './child.ts';
import type { Launch } from './confine.ts';
import type { Exit } from './exit.ts';
import type { Children } from './children.ts';
import type { Listener } from './platform/platform.ts';
import { waitUntilReady } from './ready.ts';

/** A program that listens. */
export interface RunningServer {
  readonly child: Child;
  readonly askedPort: number;
  /** Where to connect: an address of this machine that the program is bound to. */
  readonly address: { readonly host: string; readonly port: number };
  /** The socket that it was found to listen on. */
  readonly listener: Listener;
}

/** How a start ended. */
export type Start =
  | { readonly state: 'listening'; readonly server: RunningServer }
  | { readonly state: 'exited'; readonly child: Child; readonly exit: Exit; readonly port: number }
  | { readonly state: 'never-listened'; readonly child: Child; readonly port: number };

export interface StartOptions {
  /** Gives a port that is free now, outside the ephemeral range. */
  readonly pickPort: () => Promise<number>;
  /** Makes the launch for that port. */
  readonly launchOn: (port: number) => Launch;
  readonly withinMs: number;
  readonly children: Children;
  /** Told of the program as soon as it runs, before it listens. */
  readonly onChild?: (child: Child) => void;
}

const TRIES = 5;

/**
 * Starts a server and waits until it listens. A port that another program took between our choice
 * and the server's own call is our trouble: the server is started again on another one.
 *
 * @throws MachineFault where ports are taken away again and again
 */
export async function startServer(options: StartOptions): Promise<Start> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await options.pickPort();
    const start = await startOn(port, options);
    if (start.state !== 'exited' || !options.children.platform.isTaken?.(port)) return start;
    await options.children.stop(start.child);
  }
  throw new MachineFault('other programs on this machine keep taking the ports that were free');
}

async function startOn(port: number, options: StartOptions): Promise<Start> {
  const child = await options.children.start(options.launchOn(port));
  options.onChild?.(child);
  try {
    const ready = await waitUntilReady(child, {
      port,
      withinMs: options.withinMs,
      platform: options.children.platform,
    });
    if (ready.state === 'listening') {
      return {
        state: 'listening',
        server: serverAt(ready.listener, child, port),
      };
    }
    if (ready.state === 'exited') return { state: 'exited', child, exit: await child.exited, port };
    return { state: 'never-listened', child, port };
  } catch (error) {
    await options.children.stop(child);
    throw error;
  }
}

/** A program that was found to listen. @param askedPort the port that it was told */
export function serverAt(listener: Listener, child: Child, askedPort: number): RunningServer {
  return { child, askedPort, address: reach(listener), listener };
}

/** The address by which a listener is reached from this machine. */
function reach({ host, port }: Listener): { host: string; port: number } {
  if (host === undefined || host === '0.0.0.0') return { host: '127.0.0.1', port };
  const anyOf6 = /^[0:]+$/.test(host);
  const loopback6 = /^[0:]*:0*1$/.test(host);
  if (anyOf6) return { host: hasLoopback6() ? '::1' : '127.0.0.1', port };
  return { host: loopback6 ? '::1' : host, port };
}

/** A machine without IPv6 may still let a program bind to all of it, and then means IPv4. */
function hasLoopback6(): boolean {
  return Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === '::1'),
  );
}
