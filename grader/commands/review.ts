import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findWork } from '../batch/review/find-work.ts';
import { runReview } from '../batch/review/run-review.ts';
import { LiveTranscript } from '../live/transcript/live-transcript.ts';
import { loadLab } from '../course/load-lab.ts';
import { findStage } from '../grade/plan.ts';
import { readRuntimes } from '../run/runtimes.ts';
import { describeEvent } from '../live/host/describe-event.ts';
import type { Console, ExitCode } from './console.ts';
import { readPort } from './read-port.ts';
import { requireCell, type SandboxOptions } from './require-cell.ts';
import { offerPage, showEvent, untilCtrlC } from './show-live.ts';

/** The options of `review`, as they are typed. */
export interface ReviewCommandOptions extends SandboxOptions {
  readonly out?: string;
  readonly stage?: string;
  readonly port?: string;
  /** False for --no-open. */
  readonly open: boolean;
  readonly runtime: readonly string[];
}

/** Runs a student's server, opens the browser at it, and shows what passes, until Ctrl-C. */
export async function reviewCommand(
  { lab: labId, id }: { readonly lab: string; readonly id: string },
  options: ReviewCommandOptions,
  console: Console,
): Promise<ExitCode> {
  const { environment, signal, out } = console;
  const lab = await loadLab(labId);
  if (options.stage !== undefined) findStage(lab, options.stage);
  const port = readPort(options.port);
  const runtimes = readRuntimes(options.runtime);
  const { sandbox } = options;
  const recorded = findWork(resolve(options.out ?? join('grades', lab.id)), id, lab.id);
  const cells = await requireCell(options, console);
  const transcript = new LiveTranscript(console);
  return untilCtrlC(transcript, console, async () => {
    const couldStart = await runReview({
      ...{ lab, recorded, port, cells, runtimes, environment, signal },
      stage: options.stage,
      typed: options.runtime,
      temporary: realpathSync(environment.TMPDIR ?? tmpdir()),
      onProgram: (stage, program) => {
        const { commit } = recorded.record;
        const which = commit === undefined ? '' : ` of commit ${commit.slice(0, 12)}`;
        const how = sandbox === 'none' ? 'WITHOUT A SANDBOX' : `in a cell of ${sandbox}`;
        out(`${lab.id}: ${stage} of ${id}, ${program}${which}, ${how}\n\n`);
      },
      onEvent: (event) => {
        showEvent(transcript, event, describeEvent);
      },
      onReachable: (url) => offerPage(url, options.open && console.rewrites, console),
      onClient: () => transcript.open(),
    });
    return couldStart ? 0 : 1;
  });
}
