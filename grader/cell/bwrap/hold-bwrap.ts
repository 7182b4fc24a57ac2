import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Hold } from '../../run/confine.ts';
import { readStatus, type Exit } from '../../run/exit.ts';
import { holdCell } from '../hold/hold-cell.ts';
import { readLines } from '../hold/read-lines.ts';
import { readFirstProcess } from './parse-info.ts';

type Stream = ChildProcess['stdio'][number] | undefined;

export interface CellEnds {
  /** Where bubblewrap tells who the cell's first process is. */
  readonly info: Stream;
  /** Where the cell tells that its program has begun, and how its first process ended. */
  readonly status: Stream;
  /** The file system of its copy, where that has one of its own. */
  readonly room: string | undefined;
}

/** Takes hold of a cell of bubblewrap's. @throws MachineFault where it cannot be set up */
export function holdBwrap(
  bwrap: ChildProcess & { readonly pid: number },
  ends: CellEnds,
): Promise<Hold> {
  const gone = new Promise<Exit>((resolve) => {
    bwrap.once('exit', (code, signal) => {
      resolve(signal ? { kind: 'signal', signal } : readStatus(code ?? 0));
    });
  });
  const complaints = collect(bwrap.stderr);
  return holdCell({
    first: readFirstProcess(streamOf(ends.info)),
    status: readLines(streamOf(ends.status)),
    gone,
    room: ends.room,
    giveUp: async () => {
      bwrap.kill('SIGKILL');
      await gone;
      return complaints();
    },
  });
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
