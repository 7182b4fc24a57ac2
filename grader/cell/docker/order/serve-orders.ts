import { once } from 'node:events';
import { chmodSync, chownSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { readLines } from '../../hold/read-lines.ts';
import { GONE, type StartAnswer, type StartOrder } from './order.ts';
import { parseOrder, type Lent } from './parse-order.ts';

/** A container that has been started. */
export interface StartedProgram {
  readonly pid: number;
  readonly pipes: string;
  /** Removes what is left: nothing of the container itself, where it is gone already. */
  readonly remove: (isGone: boolean) => Promise<void>;
}

export interface ServeOrdersOptions extends Lent {
  readonly socketPath: string;
  /** Who may connect. */
  readonly uid: number | undefined;
  readonly start: (order: StartOrder) => Promise<StartedProgram>;
}

/** Serves one kind of request, each by a connection of its own, which lasts as long as the container. */
export async function serveOrders(
  options: ServeOrdersOptions,
): Promise<{ readonly close: () => Promise<void> }> {
  const open = new Map<Socket, Promise<void>>();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (open.size >= MOST_PROGRAMS) {
      socket.destroy();
      return;
    }
    const served = serve(socket, options).finally(() => open.delete(socket));
    // What cannot be removed now is removed with the run.
    served.catch(() => undefined);
    open.set(socket, served);
  });
  server.listen(options.socketPath);
  await once(server, 'listening');
  chmodSync(options.socketPath, 0o600);
  if (options.uid !== undefined) chownSync(options.socketPath, options.uid, options.uid);
  return {
    close: async () => {
      server.close();
      for (const socket of open.keys()) socket.destroy();
      await Promise.allSettled(open.values());
    },
  };
}

async function serve(socket: Socket, options: ServeOrdersOptions): Promise<void> {
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const lines = readLines(socket, LONGEST_ORDER);
  const line = await lines.next();
  if (line === undefined) return;
  const answer = (told: StartAnswer): void => void socket.write(`${JSON.stringify(told)}\n`);
  let program: StartedProgram;
  try {
    program = await options.start(parseOrder(line, options));
  } catch (error) {
    answer({ status: 'failed', reason: error instanceof Error ? error.message : String(error) });
    socket.end();
    return;
  }
  answer({ status: 'started', pid: program.pid, pipes: program.pipes });
  const last = await Promise.race([lines.next(), closed]);
  socket.destroy();
  await program.remove(last === GONE);
}

/** How many programs a worker may have at once; a grading needs a quarter of that. */
const MOST_PROGRAMS = 32;
/** In characters: the sources of a program are in it. */
const LONGEST_ORDER = 64 * 2 ** 20;
