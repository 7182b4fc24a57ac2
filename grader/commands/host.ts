import { tmpdir } from 'node:os';
import { chooseProgram } from '../live/choose-program.ts';
import type { HostEvent } from '../live/host/host-event.ts';
import { hostProgram } from '../live/host/host-program.ts';
import { serveRelay } from '../live/relay/serve-relay.ts';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { tellStack, UsageError } from '../model/errors.ts';
import { readRuntimes } from '../run/runtimes.ts';
import type { Console, ExitCode } from './console.ts';
import { openCellWithin } from './open-cell-within.ts';
import { readCount } from './read-count.ts';

/** What a review tells the process that runs the program. */
export interface HostOptions {
  readonly from: string;
  readonly socket: string;
  readonly runtime: readonly string[];
  /** Set in a cell. */
  readonly rooms?: string;
  /** Set in a container: where others are asked for. */
  readonly through?: string;
}

/** Runs one program until stdin ends, and serves what connects to a socket. Started by `review` alone. */
export async function hostCommand(
  { lab: labId, stage }: { readonly lab: string; readonly stage: string },
  options: HostOptions,
  console: Console,
): Promise<ExitCode> {
  const { environment } = console;
  const tell = (event: HostEvent): void => {
    console.out(`${JSON.stringify(event)}\n`);
  };
  const isInCell = options.rooms !== undefined;
  try {
    const lab = await loadLab(labId);
    const submission = findSubmission(options.from, labId);
    const runtimes = readRuntimes(options.runtime);
    const program = chooseProgram({ lab, submission, runtimes, id: 'this student' }, stage);
    const rooms = readCount('--rooms', options.rooms, 1);
    const hosted = hostProgram({
      ...{ lab, submission, program, environment, tell },
      temporary: isInCell ? '/tmp' : (environment.TMPDIR ?? tmpdir()),
      ...(isInCell && {
        cell: await openCellWithin({ rooms, through: options.through, environment }),
      }),
    });
    try {
      const trouble = new AbortController();
      const relay = await serveRelay(options.socket, {
        reach: hosted.reach,
        onFault: (error) => {
          trouble.abort(error);
        },
      });
      await hosted.reach();
      await untilEnd(console.input, AbortSignal.any([console.signal, trouble.signal]));
      relay.close();
      trouble.signal.throwIfAborted();
    } finally {
      await hosted.close();
    }
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    tell({ event: 'fault', isUsage, text: isUsage ? error.message : tellStack(error) });
    return 3;
  }
}

/** Waits until whoever started this has gone, or the signal comes. */
function untilEnd(input: Console['input'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    input.once('end', end).once('close', end).once('error', end).resume();
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });
}
