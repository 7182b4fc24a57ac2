import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findSubmission } from '../course/find-submission.ts';
import { loadLab } from '../course/load-lab.ts';
import { describeRequest, tellCrash } from '../grade/diagnose-crash.ts';
import { findStage } from '../grade/plan.ts';
import { describeEvent, describePlace } from '../live/host/describe-event.ts';
import type { HostEvent } from '../live/host/host-event.ts';
import { openPage } from '../live/open-page.ts';
import { runPlay } from '../live/play/run-play.ts';
import type { Unanswered } from '../live/play/unanswered.ts';
import { LiveTranscript } from '../live/transcript/live-transcript.ts';
import { showLine, showText } from '../report/show-text.ts';
import { readRuntimes } from '../run/runtimes.ts';
import { chooseFolder, refuseForeignFolder } from './choose-submission.ts';
import type { Console, ExitCode } from './console.ts';
import { readPort } from './read-port.ts';

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
  const note = (lines: readonly string[]): void => {
    transcript.flush();
    for (const line of lines) transcript.note(line);
  };
  let isForBrowsers = true;
  try {
    return await runPlay({
      ...{ lab, from, stage, runtimes, port, environment, signal },
      poll: options.poll === true,
      temporary: realpathSync(environment.TMPDIR ?? tmpdir()),
      onProgram: (program) => {
        isForBrowsers = program.stage.serves?.length !== 0;
        out(`${lab.id}: ${program.stage.id}, ${program.file}\n\n`);
      },
      onEvent: (event, asked) => {
        if (event.event === 'printed') {
          transcript.print(event.stream, Buffer.from(event.base64, 'base64'), event.dropped);
        } else note(tellEvent(event, asked));
      },
      onReachable: async (url, listens) => {
        const opens = options.open && listens && isForBrowsers && console.rewrites;
        const isOpen = opens && (await openPage(url.href, environment));
        const words = isForBrowsers ? `${isOpen ? 'opened ' : 'open   '} ${url.href}` : talk(url);
        out(`\n${words}\nstop    Ctrl+C\n\n`);
      },
      onClient: () => transcript.open(),
      onSave: (paths) => {
        const [path] = paths;
        const what = path === undefined ? 'a file' : showLine(path);
        note([`${what} was saved; the program is started anew`]);
      },
      onUnusable: (message) => {
        note([showText(message)]);
      },
    });
  } catch (error) {
    // Ctrl-C is how playing ends.
    if (!signal.aborted) throw error;
    transcript.flush();
    out('\n');
    return 0;
  }
}

function talk({ hostname, port }: URL): string {
  return `talk    nc ${hostname} ${port}      it speaks no HTTP: type a line, and Enter`;
}

function tellEvent(
  event: Exclude<HostEvent, { readonly event: 'printed' }>,
  asked: Unanswered,
): readonly string[] {
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
