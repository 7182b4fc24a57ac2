import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { describeRequest, tellCrash } from '../grade/diagnose-crash.ts';
import { findStage } from '../grade/plan.ts';
import { describeEvent, describePlace } from '../live/host/describe-event.ts';
import type { Happened } from '../live/host/host-event.ts';
import { runPlay } from '../live/play/run-play.ts';
import type { Unanswered } from '../live/play/unanswered.ts';
import { LiveTranscript } from '../live/transcript/live-transcript.ts';
import { showLine, showText } from '../report/show-text.ts';
import { readRuntimes } from '../run/runtimes.ts';
import { chooseFolder, refuseForeignFolder } from './choose-submission.ts';
import type { Console, ExitCode } from './console.ts';
import { readPort } from './read-port.ts';
import { noteLines, offerPage, showEvent, tellReachable, untilCtrlC } from './show-live.ts';

/** The options of `play`, as they are typed. */
export interface PlayCommandOptions {
  readonly from?: string;
  readonly solutions?: boolean;
  readonly runtime: readonly string[];
  readonly port?: string;
  /** False for --no-open. */
  readonly open: boolean;
  readonly poll?: boolean;
}

/** Runs a program of a submission, opens the browser at it, and shows what passes, until Ctrl-C. */
export async function playCommand(
  { lab: labId, stage }: { readonly lab: string; readonly stage: string | undefined },
  options: PlayCommandOptions,
  console: Console,
): Promise<ExitCode> {
  const { environment, signal, out } = console;
  const lab = await loadLab(labId);
  if (stage !== undefined) findStage(lab, stage);
  const port = readPort(options.port);
  const from = chooseFolder(lab, options);
  const runtimes = readRuntimes(options.runtime);
  refuseForeignFolder(from, { lab, submission: findSubmission(from, lab.id), runtimes });
  const transcript = new LiveTranscript(console);
  let isForBrowsers = true;
  return untilCtrlC(transcript, console, () =>
    runPlay({
      ...{ lab, from, stage, runtimes, port, environment, signal },
      poll: options.poll === true,
      temporary: realpathSync(environment.TMPDIR ?? tmpdir()),
      onProgram: (program) => {
        isForBrowsers = program.stage.serves?.length !== 0;
        out(`${lab.id}: ${program.stage.id}, ${program.file}\n\n`);
      },
      onEvent: (event, asked) => {
        showEvent(transcript, event, (happened) => tellEvent(happened, asked));
      },
      onReachable: async (url, listens) => {
        if (!isForBrowsers) tellReachable(talk(url), out);
        else await offerPage(url.href, options.open && listens && console.rewrites, console);
      },
      onClient: () => transcript.open(),
      onSave: (paths) => {
        const [path] = paths;
        const what = path === undefined ? 'a file' : showLine(path);
        noteLines(transcript, [`${what} was saved; the program is started anew`]);
      },
      onUnusable: (message) => {
        noteLines(transcript, [showText(message)]);
      },
    }),
  );
}

function talk({ hostname, port }: URL): string {
  return `talk    nc ${hostname} ${port}      it speaks no HTTP: type a line, and Enter`;
}

function tellEvent(event: Happened, asked: Unanswered): readonly string[] {
  switch (event.event) {
    case 'ended':
      return [
        showText(tellCrash(`the program ended ${event.how}`, asked.list())),
        ...tellLast(asked),
        ...(event.source ? describePlace(event.source) : []),
        asked.hasClients ? 'it is started again' : 'the next client starts it again',
      ];
    case 'failed':
      return [...describeEvent(event), 'save it once it is mended, and it is started anew'];
    case 'listening':
    case 'fault':
      return describeEvent(event);
  }
}

function tellLast(asked: Unanswered): readonly string[] {
  if (asked.list().length > 0 || !asked.last) return [];
  return [showText(`the last that it was sent was ${describeRequest(asked.last)}`)];
}
