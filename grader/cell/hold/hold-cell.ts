import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { LimitCode } from '../../model/diagnosis.ts';
import { MachineFault } from '../../model/errors.ts';
import type { Hold } from '../../run/confine.ts';
import { readStatus, type Exit } from '../../run/exit.ts';
import { watchCell } from '../watch/watch-cell.ts';
import { CellProcesses } from './cell-processes.ts';
import { readFirstProcess } from './parse-info.ts';
import { readLines } from './read-lines.ts';

type Stream = ChildProcess['stdio'][number] | undefined;

export interface CellEnds {
  /** Where bubblewrap tells who the cell's first process is. */
  readonly info: Stream;
  /** Where the cell tells that its program has begun, and how its first process ended. */
  readonly status: Stream;
  /** The file system of its copy, where that has one of its own. */
  readonly room: string | undefined;
}

/**
 * Takes hold of a cell that is being set up, and of the program in it.
 *
 * @throws MachineFault where it cannot be set up
 */
export async function holdCell(
  bwrap: ChildProcess & { readonly pid: number },
  ends: CellEnds,
): Promise<Hold> {
  const gone = new Promise<Exit>((resolve) => {
    bwrap.once('exit', (code, signal) => {
      resolve(signal ? { kind: 'signal', signal } : readStatus(code ?? 0));
    });
  });
  const complaints = collect(bwrap.stderr);
  const statusLines = readLines(streamOf(ends.status));
  const begun = await Promise.race([statusLines.next(), gone.then(() => undefined)]);
  const info = await Promise.race([
    readFirstProcess(streamOf(ends.info)),
    gone.then(() => undefined),
  ]);
  if (begun !== 'begun' || info === undefined) {
    bwrap.kill('SIGKILL');
    await gone;
    throw new MachineFault(`the cell could not be set up: ${complaints()}`);
  }
  const processes = new CellProcesses(info);
  let limit: LimitCode | undefined;
  const watch = watchCell(processes, ends.room, (passed) => {
    limit ??= passed;
    processes.kill();
  });
  const ended = Promise.race([
    gone,
    statusLines.next().then((line) => (line === undefined ? gone : readStatus(Number(line)))),
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

function streamOf(stream: Stream): Readable {
  if (!stream || !('read' in stream)) throw new Error('a cell was started without its pipes');
  return stream;
}

const KEPT = 500;

/** What is said on a stream until the cell has begun: that is bubblewrap's, not the program's. */
function collect(stream: Readable | null): () => string {
  let text = '';
  const keep = (piece: Buffer): void => {
    text = `${text}${piece.toString()}`.slice(0, KEPT);
  };
  stream?.on('data', keep);
  return () => {
    stream?.off('data', keep);
    return text.trim() === '' ? 'it ended without a word' : text.trim();
  };
}
