import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ownerOfCells, type CellOptions } from '../../cell/cells.ts';
import { socketIn } from '../../cell/socket-path.ts';
import { chooseWorkspace } from '../../cell/workspace.ts';
import { findSubmission } from '../../course/find-submission.ts';
import { unlessAborted } from '../../grade/unless-aborted.ts';
import type { Lab } from '../../lab/check.ts';
import { UsageError } from '../../model/errors.ts';
import type { Environment } from '../../run/environment.ts';
import { startGuardian } from '../../run/guardian.ts';
import type { Runtime } from '../../run/runtimes.ts';
import { stageWork } from '../fetch/stage-work.ts';
import { choosePage } from '../../live/choose-page.ts';
import { chooseProgram } from '../../live/choose-program.ts';
import type { RecordedWork } from './find-work.ts';
import type { HostEvent } from '../../live/host/host-event.ts';
import { bridgeTo } from '../../live/relay/bridge-to.ts';
import type { OnClient } from '../../live/relay/frames.ts';
import { openRelay } from '../../live/relay/open-relay.ts';
import { startHost } from './start-host.ts';

/** What is told of a review. */
interface ReviewEvents {
  /** The work is staged, and its program about to be started. @param program its file */
  readonly onProgram: (stage: string, program: string) => void;
  readonly onEvent: (event: HostEvent) => void;
  /** The program can be reached now. */
  readonly onReachable: (url: string) => Promise<void>;
  readonly onClient: OnClient;
}

export interface ReviewOptions extends ReviewEvents {
  readonly lab: Lab;
  readonly recorded: RecordedWork;
  /** Undefined for the furthest. */
  readonly stage: string | undefined;
  readonly port: number;
  /** What the program runs in; undefined where it runs as we do. */
  readonly cells: CellOptions | undefined;
  readonly runtimes: readonly Runtime[];
  /** What was typed of `--runtime`. */
  readonly typed: readonly string[];
  readonly environment: Environment;
  /** The system's folder for temporary files. */
  readonly temporary: string;
  readonly signal: AbortSignal;
}

/** No slot of a batch, which may go on meanwhile. */
const CELL = 1000;

/**
 * Runs a program of a student's work, reachable on this machine alone, until the signal comes. Nothing
 * is left of it.
 *
 * @returns whether the program could be started
 * @throws once the signal has come; UsageError where there is nothing that could be run
 */
export async function runReview(options: ReviewOptions): Promise<boolean> {
  const folder = chooseWorkspace(options.temporary);
  const mark = `wiregrade-${randomBytes(8).toString('hex')}.`;
  // First of all: there is no moment at which something would be left behind.
  const guardian = startGuardian(mark, folder);
  try {
    mkdirSync(folder);
    // Who owns a cell goes through here to what is theirs.
    chmodSync(folder, 0o711);
    return await runIn(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    guardian.dismiss();
  }
}

async function runIn(folder: string, options: ReviewOptions): Promise<boolean> {
  const { lab, recorded, cells, runtimes, environment, signal } = options;
  const uid = cells && ownerOfCells(CELL);
  const places = { work: join(folder, 'work'), shared: join(folder, 'shared') };
  for (const place of Object.values(places)) {
    mkdirSync(place, { mode: 0o700 });
    if (uid !== undefined) chownSync(place, uid, uid);
  }
  const staged = await stageWork(recorded.work, places.work, { environment, signal });
  const { id } = recorded.record.student;
  if (staged.status !== 'staged') throw new UsageError(`the work of ${id}: ${staged.reason}.`);
  const submission = findSubmission(places.work, lab.id);
  const program = chooseProgram({ lab, submission, runtimes, id }, options.stage);
  options.onProgram(program.stage.id, program.file);
  const socketPath = chooseSocket(places.shared);
  let tellStart: (isListening: boolean) => void = () => undefined;
  const started = new Promise<boolean>((resolve) => (tellStart = resolve));
  const host = await startHost({
    lab: lab.id,
    stage: program.stage.id,
    folder: places.work,
    shared: places.shared,
    socketPath,
    cells,
    slot: CELL,
    runtimes,
    typed: options.typed,
    environment,
    onEvent: (event) => {
      options.onEvent(event);
      if (event.event === 'listening') tellStart(true);
      if (event.event === 'failed') tellStart(false);
    },
  });
  try {
    const outcome = Promise.race([started, host.ended]);
    const isListening = await unlessAborted(outcome, signal, 'the review');
    if (isListening === false) return false;
    const { port, onClient } = options;
    const relay = await openRelay({ port, serve: bridgeTo(socketPath, onClient) });
    try {
      const page = choosePage(lab, program, submission.root);
      await options.onReachable(`http://127.0.0.1:${String(relay.port)}${page}`);
      await unlessAborted(host.ended, signal, 'the review');
      return true;
    } finally {
      await relay.close();
    }
  } finally {
    await host.close();
  }
}

function chooseSocket(folder: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\${basename(dirname(folder))}`;
  return socketIn(folder);
}
