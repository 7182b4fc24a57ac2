import type { LimitCode } from '../../model/diagnosis.ts';
import { MachineFault } from '../../model/errors.ts';
import type { Hold } from '../../run/confine.ts';
import { readStatus, type Exit } from '../../run/exit.ts';
import { watchCell } from '../watch/watch-cell.ts';
import { CellProcesses, type FirstProcess } from './cell-processes.ts';
import type { Lines } from './read-lines.ts';

/** A cell that is being set up. */
export interface NewCell {
  /** Its first process; undefined where there was none. */
  readonly first: Promise<FirstProcess | undefined>;
  /** Where it tells that its program has begun, and how that one's first process ended. */
  readonly status: Lines;
  /** Settles once the cell has ended, with what is known of that. */
  readonly gone: Promise<Exit>;
  /** The file system of its copy, where that has one of its own. */
  readonly room: string | undefined;
  /** Ends what there is of one that cannot be set up, and tells what it said. */
  readonly giveUp: () => Promise<string>;
}

/**
 * Takes hold of a cell that is being set up, and of the program in it.
 *
 * @throws MachineFault where it cannot be set up
 */
export async function holdCell({ first, status, gone, room, giveUp }: NewCell): Promise<Hold> {
  const begun = await Promise.race([status.next(), gone.then(() => undefined)]);
  const info = await Promise.race([first, gone.then(() => undefined)]);
  if (begun !== 'begun' || info === undefined) {
    throw new MachineFault(`the cell could not be set up: ${await giveUp()}`);
  }
  const processes = new CellProcesses(info);
  let limit: LimitCode | undefined;
  const watch = watchCell(processes, room, (passed) => {
    limit ??= passed;
    processes.kill();
  });
  const ended = Promise.race([
    gone,
    status.next().then((line) => (line === undefined ? gone : readEnd(line))),
  ]).then((exit): Exit => {
    processes.noteEnded();
    return limit ? { kind: 'limit', limit } : exit;
  });
  void gone.then(() => {
    watch.stop();
  });
  return {
    ended,
    leader: () => processes.leader(),
    family: () => Promise.resolve(processes.living()),
    signal: (signal) => {
      processes.signal(signal);
      return Promise.resolve();
    },
    kill: async () => {
      watch.stop();
      processes.kill();
      await gone;
      await processes.untilGone();
    },
  };
}

/** Reads the exit status of a program, and how many of its processes were killed for memory. */
function readEnd(line: string): Exit {
  const [status = 0, kills = 0] = line.split(' ').map(Number);
  const exit = readStatus(status);
  const isKilled = exit.kind === 'signal' && exit.signal === 'SIGKILL';
  return isKilled && kills > 0 ? { kind: 'limit', limit: 'out-of-memory' } : exit;
}
