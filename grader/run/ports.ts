import getPort, { clearLockedPorts } from 'get-port';
import { UngradableWork, UsageError } from '../model/errors.ts';

/** Ports to choose from, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Ports that no system hands out by itself: a poll of one can never connect to its own socket. */
export const DEFAULT_PORTS: PortRange = { first: 18_000, last: 31_999 };

/**
 * Reads `--ports`.
 *
 * @param text two numbers with a hyphen between: `20000-20100`
 * @throws UsageError where it is not of that form
 */
export function readPortRange(text: string): PortRange {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  if (range.first >= 1024 && range.first <= range.last && range.last <= 65_535) return range;
  throw new UsageError(
    `--ports ${text} is no range of ports; write for example --ports 20000-20100.`,
  );
}

/**
 * Makes a chooser of free ports.
 *
 * @param start a number to begin from, so that two graders on one machine rarely meet
 * @param shared whether others on this machine use these ports too, which no program in a cell does
 * @returns a function that throws where no port of the range is free: a UsageError, or an UngradableWork
 *   where none but the programs of the work can have taken them
 */
export function portPicker(
  { first, last }: PortRange,
  start: number,
  shared = true,
): () => Promise<number> {
  const size = last - first + 1;
  let next = start % size;
  return async () => {
    // Each is offered once in turn: a server that just ended may leave its port in use for a while.
    const turn = inTurn({ first, last }, next);
    const port =
      (await freePort(turn, { first, last })) ?? (await freeAgain(turn, { first, last }));
    if (port !== undefined) {
      next = (port - first + 1) % size;
      return port;
    }
    const taken = `no port from ${String(first)} to ${String(last)} is free`;
    if (shared) throw new UsageError(`${taken}; name another range by --ports.`);
    throw new UngradableWork(`${taken}: its own programs took them all; let each listen on one.`);
  };
}

/** The ports of a range, once around, from the one at this place on. */
function inTurn({ first, last }: PortRange, place: number): Iterable<number> {
  return {
    *[Symbol.iterator]() {
      for (let port = first + place; port <= last; port += 1) yield port;
      for (let port = first; port < first + place; port += 1) yield port;
    },
  };
}

/** The first of these ports that is free; undefined where none is. */
async function freePort(ports: Iterable<number>, range: PortRange): Promise<number | undefined> {
  const port = await getPort({ port: ports });
  return port >= range.first && port <= range.last ? port : undefined;
}

/** The same, with those that were given a while ago, whose servers may have ended by now. */
function freeAgain(ports: Iterable<number>, range: PortRange): Promise<number | undefined> {
  clearLockedPorts();
  return freePort(ports, range);
}
