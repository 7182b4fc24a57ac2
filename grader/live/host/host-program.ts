import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Cell } from '../../cell/cell.ts';
import { chooseWorkspace, Workspace } from '../../cell/workspace.ts';
import type { Program } from '../../course/find-programs.ts';
import type { SubmissionFolder } from '../../course/find-submission.ts';
import { diagnoseStart } from '../../grade/diagnose-start.ts';
import { filesFor } from '../../grade/grade-folder.ts';
import { Launcher, START_MS } from '../../grade/launcher.ts';
import { StagedSource } from '../../grade/staged-source.ts';
import type { Lab } from '../../lab/check.ts';
import { Children } from '../../run/children.ts';
import type { Address } from '../../run/connect-to.ts';
import type { Environment } from '../../run/environment.ts';
import { describeExit } from '../../run/exit.ts';
import { startGuardian } from '../../run/guardian.ts';
import type { CapturedOutput } from '../../run/output.ts';
import { choosePlatform } from '../../run/platform/choose.ts';
import { DEFAULT_PORTS, portPicker } from '../../run/ports.ts';
import { prepareProgram, type ReadyProgram } from '../../run/prepare.ts';
import { startServer, type RunningServer } from '../../run/start.ts';
import type { HostEvent } from './host-event.ts';
import { limitPrinting } from './limit-printing.ts';

export interface HostOptions {
  readonly lab: Lab;
  readonly submission: SubmissionFolder;
  readonly program: Program;
  readonly environment: Environment;
  /** The folder for the throwaway copy. */
  readonly temporary: string;
  /** Where the program runs in a cell. */
  readonly cell?: Cell;
  readonly tell: (event: HostEvent) => void;
}

export interface HostedProgram {
  /** Where it listens; it is started where it does not run. Undefined where that came to nothing. */
  readonly reach: () => Promise<Address | undefined>;
  /** Ends it, and whatever it started, and removes its copy. */
  readonly close: () => Promise<void>;
}

/**
 * Makes ready to run a program of a submission, in a throwaway copy, for as long as it is looked at.
 *
 * @throws UsageError where it cannot be copied, a FileGone among them; nothing is left then
 */
export function hostProgram(options: HostOptions): HostedProgram {
  const { temporary, cell } = options;
  const mark = `wiregrade-${randomBytes(8).toString('hex')}.`;
  const folder = chooseWorkspace(temporary);
  // First of all: there is no moment at which something would be left behind.
  const guardian = startGuardian(mark, folder);
  let workspace: Workspace | undefined;
  const remove = (): void => {
    workspace?.remove();
    guardian.dismiss();
  };
  try {
    workspace = new Workspace(folder, cell?.rooms);
    return hostIn(workspace, { ...options, mark, remove });
  } catch (error) {
    remove();
    throw error;
  }
}

interface HostInOptions extends HostOptions {
  readonly mark: string;
  /** Removes the copy, when all has ended. */
  readonly remove: () => void;
}

function hostIn(workspace: Workspace, options: HostInOptions): HostedProgram {
  const { lab, submission, program, environment, cell, tell, mark, remove } = options;
  const { stage } = program;
  const { folder } = workspace;
  const files = filesFor(lab, submission)(program);
  const copy = workspace.copy(stage.id, files);
  const source = new StagedSource(copy, program, files);
  const children = new Children(choosePlatform(process.platform), { mark, folder }, cell?.confine);
  const place = { name: mark, copy, folder: join(copy, program.folder) };
  const launcher = new Launcher({ environment, workspace }, place);
  const pickPort = portPicker(DEFAULT_PORTS, randomInt(2 ** 31));
  let running: RunningServer | undefined;
  let starting: Promise<Address | undefined> | undefined;
  let prepared: ReturnType<typeof prepareProgram> | undefined;

  const launch = async (ready: ReadyProgram): Promise<Address | undefined> => {
    const start = await startServer({
      pickPort,
      children,
      withinMs: START_MS,
      onChild: (child) => {
        follow(child.stdout, 'stdout', tell);
        follow(child.stderr, 'stderr', tell);
      },
      launchOn: (port) => launcher.launch(ready, port),
    });
    source.emitted = ready.emitted;
    const { child } = start.state === 'listening' ? start.server : start;
    if (start.state !== 'listening') {
      const words = source.readWords(child.stderr.text());
      await children.stopFamily(child);
      tell({ event: 'failed', diagnosis: diagnoseStart(start, words).diagnosis });
      return undefined;
    }
    running = start.server;
    void child.exited.then(async (exit) => {
      // A program may end its first process and go on in another.
      if (await child.isAlive()) return;
      if (running !== start.server) return;
      const { source: place } = source.readErrors(child.stderr.text());
      tell({ event: 'ended', how: describeExit(exit), ...(place && { source: place }) });
    });
    const { address, askedPort } = running;
    tell({ event: 'listening', port: address.port, askedPort });
    return address;
  };

  const startAgain = async (): Promise<Address | undefined> => {
    if (running) await children.stopFamily(running.child);
    running = undefined;
    // Once: what is in the copy by the next start may be the doing of the program.
    prepared ??= prepareProgram(join(copy, program.file), program.runtime, environment);
    const outcome = await prepared;
    if (outcome.state === 'ready') return launch(outcome);
    tell({ event: 'failed', diagnosis: source.locate(outcome.diagnosis) });
    return undefined;
  };

  return {
    reach: async () => {
      if (running && (await running.child.isAlive())) return running.address;
      starting ??= startAgain().finally(() => (starting = undefined));
      return starting;
    },
    close: async () => {
      running = undefined;
      await children.halt();
      remove();
    },
  };
}

function follow(
  output: CapturedOutput,
  stream: 'stdout' | 'stderr',
  tell: HostOptions['tell'],
): void {
  const take = limitPrinting((bytes, dropped) => {
    tell({ event: 'printed', stream, base64: bytes.toString('base64'), dropped });
  });
  take(Buffer.from(output.text()));
  output.follow(take);
}
